import type { Store } from "@/lib/db/store";
import type { Env } from "@/lib/env";
import { addAccount, hasAdministrator } from "./accounts";
import { passwordProblem } from "./password-rules";

/**
 * Makes the first administrator when there is none. Null when there is one now, with a password that is
 * not easily guessed, else a sentence that says what is the matter.
 */
export async function bootstrapAdministrator(
  store: Store,
  admin: Env["bootstrapAdmin"],
): Promise<string | null> {
  if (await hasAdministrator(store)) return null;
  if (admin === null) {
    return "There is no administrator: set BOOTSTRAP_ADMIN_EMAIL and BOOTSTRAP_ADMIN_PASSWORD to make one.";
  }
  const { email, password } = admin;
  const account = { email, name: email, role: "admin", password: password.reveal() } as const;
  if (await addAccount(store, account)) {
    // It was given to start with, so it is taken; but who starts the desk is to know.
    return passwordProblem(account.password, account) === null
      ? null
      : "BOOTSTRAP_ADMIN_PASSWORD is easily guessed: sign in and change the password.";
  }
  // Another instance that starts at the same time may have made it.
  if (await hasAdministrator(store)) return null;
  return "There is no administrator: BOOTSTRAP_ADMIN_EMAIL belongs to an account that is none; set another address.";
}
