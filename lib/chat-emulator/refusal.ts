import { errorInfo } from "./error-codes";

/** A call that the vendor answers with a failing ErrorCode inside HTTP 200. */
export class Refusal extends Error {
  constructor(
    readonly code: number,
    info: string = errorInfo(code),
  ) {
    super(info);
  }
}
