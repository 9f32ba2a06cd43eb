/** Why a sign-in with the identity provider failed, as the sign-in page and the audit name it. */
export const SSO_PROBLEMS = [
  "declined",
  "expired",
  "unreachable",
  "untrusted",
  "tooMany",
  "noRole",
  "tooManyGroups",
  "emailMissing",
  "emailUnverified",
  "emailTaken",
  "identityTaken",
  "disabled",
  "lastAdministrator",
  "failed",
] as const;

export type SsoProblem = (typeof SSO_PROBLEMS)[number];

/** Parses the problem in an address; null for anything else. */
export function parseSsoProblem(asked: string | string[] | undefined): SsoProblem | null {
  return SSO_PROBLEMS.find((problem) => problem === asked) ?? null;
}

/** Whether the desk knew the person and refused them; otherwise the sign-in itself failed. */
export function isRefusal(problem: SsoProblem): boolean {
  return !["expired", "unreachable", "untrusted", "tooMany", "failed"].includes(problem);
}
