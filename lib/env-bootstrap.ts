import { z } from "zod";
import { bothOrNeither, check, must, secret, type Variables } from "./env-checks";
import type { Result } from "./result";
import type { Secret } from "./secret";

/** Who is made the first administrator when there is none. */
export type BootstrapAdmin = { readonly email: string; readonly password: Secret };

/** The first administrator of the environment, or null where it names none. */
export function parseBootstrapAdmin(source: Variables): Result<BootstrapAdmin | null, string[]> {
  return check(bootstrapAdmin, source);
}

const bootstrapAdmin = z
  .object({
    BOOTSTRAP_ADMIN_EMAIL: z.email(must("an e-mail address")).optional(),
    BOOTSTRAP_ADMIN_PASSWORD: secret(12, "at least 12 characters").optional(),
  })
  .transform(({ BOOTSTRAP_ADMIN_EMAIL: email, BOOTSTRAP_ADMIN_PASSWORD: password }, context) => {
    if (email === undefined && password === undefined) return null;
    if (email !== undefined && password !== undefined) return { email, password };
    const [missing, present] =
      email === undefined
        ? (["BOOTSTRAP_ADMIN_EMAIL", "BOOTSTRAP_ADMIN_PASSWORD"] as const)
        : (["BOOTSTRAP_ADMIN_PASSWORD", "BOOTSTRAP_ADMIN_EMAIL"] as const);
    context.addIssue(bothOrNeither(missing, present));
    return z.NEVER;
  });
