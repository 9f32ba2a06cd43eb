import { describeCode } from "./error-codes";

/**
 * How a call failed:
 * `network` no connection, or it broke · `timeout` no whole answer in time · `http` a status other than
 * 200 · `malformed` an answer that cannot be trusted · `rejected` the vendor said no, with a `code`.
 */
export type ChatApiErrorKind = "network" | "timeout" | "http" | "malformed" | "rejected";

type Details = {
  readonly kind: ChatApiErrorKind;
  /** What happened, in English and without any secret; for `rejected` the vendor's ErrorInfo. */
  readonly info: string;
  /** The vendor's ErrorCode, for `rejected`. */
  readonly code?: number;
  /** The HTTP status, for `http`. */
  readonly status?: number;
  /** Milliseconds to wait before the next attempt, where the server says so. */
  readonly retryAfter?: number;
  /** The connection ended before any of the answer came, as one does that was kept alive too long. */
  readonly isDropped?: boolean;
};

/** Too slow a request, and too many of them. */
const PASSING_STATUSES = [408, 429];

/** Characters of the vendor's text that are kept: it may send megabytes. */
const MAX_INFO = 500;

const MARK = Symbol.for("channel-desk.ChatApiError");

/** The one error of this library. It never holds an address, a signature or a key. */
export class ChatApiError extends Error {
  // A page and a route are bundled apart, each with this class: one must know the other's errors.
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && MARK in value;
  }

  readonly [MARK] = true;
  readonly kind: ChatApiErrorKind;
  readonly info: string;
  readonly code: number | null;
  readonly status: number | null;
  readonly retryAfter: number;
  readonly isDropped: boolean;

  constructor({ kind, info, code, status, retryAfter = 0, isDropped = false }: Details) {
    const short = info.slice(0, MAX_INFO);
    super(code === undefined ? `${kind}: ${short}` : `${kind} with ${code}: ${short}`);
    this.name = "ChatApiError";
    this.kind = kind;
    this.info = short;
    this.code = code ?? null;
    this.status = status ?? null;
    this.retryAfter = retryAfter;
    this.isDropped = isDropped;
  }

  /** Whether the same call may succeed a moment later. */
  get retryable(): boolean {
    if (this.kind === "network" || this.kind === "timeout") return true;
    if (this.kind === "http") {
      const status = this.status ?? 0;
      return status >= 500 || PASSING_STATUSES.includes(status);
    }
    return this.code !== null && describeCode(this.code)?.retry === "later";
  }

  /** Whether a fresh signature may help, once. */
  get signatureRefused(): boolean {
    return this.code !== null && describeCode(this.code)?.retry === "resigned";
  }
}
