import "server-only";
import { getTranslations } from "next-intl/server";
import type { z } from "zod";
import { can, type Permission } from "./auth/permissions";
import { currentUser, type User } from "./auth/session";
import { ChatApiError } from "./chat-api/errors";
import { type Failure, refusal, vendorFailure } from "./failure";
import { failure, type Result, success } from "./result";

type Guarded<Input, Value> = {
  readonly permission: Permission;
  readonly input: z.ZodType<Input>;
  /** May throw a ChatApiError, which becomes a failure; anything else thrown is a bug. */
  readonly run: (input: Input, user: User) => Promise<Result<Value, "unknownApp">>;
};

/**
 * The only way from a browser to the works: session, then role from the store, then permission, then
 * parsing, then the work itself.
 */
export function guard<Input, Value>({ permission, input, run }: Guarded<Input, Value>) {
  return async (raw: unknown): Promise<Result<Value, Failure>> => {
    const t = await getTranslations("failures");
    const user = await currentUser();
    if (!user) return failure(refusal("signedOut", t));
    if (!can(user.role, permission)) return failure(refusal("notAllowed", t));
    const parsed = input.safeParse(raw);
    if (!parsed.success) return failure(refusal("invalid", t));
    const started = performance.now();
    try {
      const result = await run(parsed.data, user);
      return result.ok ? success(result.value) : failure(refusal(result.failure, t));
    } catch (error) {
      if (!(error instanceof ChatApiError)) throw error;
      const seconds = Math.round((performance.now() - started) / 1000);
      return failure(vendorFailure(error, seconds, t));
    }
  };
}
