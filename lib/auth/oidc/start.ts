import { parseSsoProblem, type SsoProblem } from "./problem";

export type SsoStart = { readonly url: string } | { readonly problem: SsoProblem };

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
