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

type SsoStart = { readonly url: string } | { readonly problem: SsoProblem };

/**
 * Begins a sign-in with the identity provider, from the browser: returns the address to go to, or the
 * problem. With a ticket it links the account that is signed in.
 */
export async function startSso(next: string, linkTicket?: string): Promise<SsoStart> {
  try {
    const { csrfToken } = await read(await fetch("/api/auth/csrf", { cache: "no-store" }));
    const form = {
      ...{ csrfToken: String(csrfToken), callbackUrl: next, json: "true" },
      ...(linkTicket === undefined ? {} : { link: linkTicket }),
    };
    // Not a form that is submitted: the policy lets those lead to the desk itself only.
    const response = await fetch("/api/auth/signin/oidc", {
      method: "POST",
      body: new URLSearchParams(form),
    });
    const { url, problem } = await read(response);
    if (typeof url === "string") return { url };
    return { problem: parseSsoProblem(String(problem)) ?? "failed" };
  } catch {
    return { problem: "failed" };
  }
}

async function read(response: Response): Promise<Record<string, unknown>> {
  return Object(await response.json());
}
