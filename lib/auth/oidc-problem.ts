/** Why a sign-in with the identity provider did not work, as the sign-in page and the audit name it. */
export const SSO_PROBLEMS = [
  "declined",
  "expired",
  "unreachable",
  "untrusted",
  "noRole",
  "emailMissing",
  "emailTaken",
  "disabled",
  "lastAdministrator",
  "failed",
] as const;

export type SsoProblem = (typeof SSO_PROBLEMS)[number];

/** The problem that an address names; null when it names none of them. */
export function parseSsoProblem(asked: string | string[] | undefined): SsoProblem | null {
  return SSO_PROBLEMS.find((problem) => problem === asked) ?? null;
}

/** Whether the desk understood who came and said no, or the sign-in itself did not come to an end. */
export function isRefusal(problem: SsoProblem): boolean {
  return !["expired", "unreachable", "untrusted", "failed"].includes(problem);
}
