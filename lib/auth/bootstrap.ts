import type { Store } from "@/lib/db/store";
import type { Env } from "@/lib/env";
import { addAccount, hasAdministrator } from "./accounts";

/**
 * Makes the first administrator when there is none. Null when there is one now, else a sentence that
 * says why nobody can administer the desk.
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
  if (await addAccount(store, account)) return null;
  // Another instance that starts at the same time may have made it.
  if (await hasAdministrator(store)) return null;
  return "There is no administrator: BOOTSTRAP_ADMIN_EMAIL belongs to an account that is none; set another address.";
}
