import type { User } from "@/lib/auth/accounts";
import { signIn } from "@/lib/auth/sign-in";
import type { Store } from "@/lib/db/store";
import { failure, type Result, success } from "@/lib/result";

/** What a person shows to be the owner of the session, not somebody who found the browser open. */
export type Proof = {
  readonly password: string;
  /** Null where the password is enough. */
  readonly code: string | null;
  readonly address: string;
  /** The cookie by which a browser is known again. */
  readonly device: string | undefined;
};

export type ProofRefusal = "wrongPassword" | "wrongCode" | "tooManyAttempts";

/** Asks for the password, and a code when one is given, of somebody who is signed in; counts like a sign-in. */
export async function confirmPerson(
  store: Store,
  { email }: Pick<User, "email">,
  proof: Proof,
  now: Date,
): Promise<Result<null, ProofRefusal>> {
  const result = await signIn(store, { email, ...proof }, now);
  if (result.ok) return success(null);
  switch (result.failure.kind) {
    // Which is asked for after the right password only.
    case "code":
      return success(null);
    case "wrongCode":
      return failure("wrongCode");
    case "wait":
      return failure("tooManyAttempts");
    default:
      return failure("wrongPassword");
  }
}
