import type { Store } from "@/lib/db/store";
import { failure, type Result, success } from "@/lib/result";
import { getCredentials, normaliseEmail, type User } from "./accounts";
import { verifyPassword } from "./password";
import { admitAttempt, forgiveAttempt } from "./throttle";

export type SignInFailure =
  | { readonly kind: "credentials" }
  | { readonly kind: "wait"; readonly seconds: number };

export type SignInAttempt = {
  readonly email: string;
  readonly password: string;
  readonly address: string;
};

/** Checks an e-mail address and password, unless too many were wrong: then without looking at them. */
export async function signIn(
  store: Store,
  { email, password, address }: SignInAttempt,
  now: Date,
): Promise<Result<User, SignInFailure>> {
  const admission = await admitAttempt(store, { email: normaliseEmail(email), address }, now);
  if (!admission.admitted) return failure({ kind: "wait", seconds: admission.waitSeconds });

  const found = await getCredentials(store, email);
  const isRight = await verifyPassword(password, found?.passwordHash ?? null);
  if (found === null || !isRight) return failure({ kind: "credentials" });
  await forgiveAttempt(store, admission.attempt);
  return success(found.user);
}
