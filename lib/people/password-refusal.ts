import { isLeaked } from "@/lib/auth/leaked-passwords";
import { passwordProblem } from "@/lib/auth/password-rules";

export type PasswordRefusal = "passwordShort" | "passwordLong" | "passwordCommon";

const REFUSALS = {
  short: "passwordShort",
  long: "passwordLong",
  common: "passwordCommon",
} as const;

/** Why somebody cannot have this password; null when it is a good one. */
export async function passwordRefusal(
  password: string,
  owner: { readonly email: string; readonly name: string },
): Promise<PasswordRefusal | null> {
  const problem = passwordProblem(password, owner);
  if (problem !== null) return REFUSALS[problem];
  return (await isLeaked(password)) ? "passwordCommon" : null;
}
