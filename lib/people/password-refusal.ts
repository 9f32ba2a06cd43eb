import { passwordProblem } from "@/lib/auth/password-rules";

export type PasswordRefusal = "passwordShort" | "passwordLong" | "passwordCommon";

const REFUSALS = {
  short: "passwordShort",
  long: "passwordLong",
  common: "passwordCommon",
} as const;

/** Why somebody cannot have this password; null when it is a good one. */
export function passwordRefusal(
  password: string,
  owner: { readonly email: string; readonly name: string },
): PasswordRefusal | null {
  const problem = passwordProblem(password, owner);
  return problem && REFUSALS[problem];
}
