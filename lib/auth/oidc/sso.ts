/** Why a single sign-on failed, as named by the sign-in page and the audit log. */
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

/** Parses the problem in a URL. Returns null for anything else. */
export function parseSsoProblem(asked: string | string[] | undefined): SsoProblem | null {
  return SSO_PROBLEMS.find((problem) => problem === asked) ?? null;
}

/** Returns whether the desk refused a known person. Otherwise the sign-in itself failed. */
export function isRefusal(problem: SsoProblem): boolean {
  return !["expired", "unreachable", "untrusted", "tooMany", "failed"].includes(problem);
}

type SsoStart = { readonly url: string } | { readonly problem: SsoProblem };

/** Starts a single sign-on in the browser, with a ticket to link the signed-in account. */
export async function startSso(next: string, linkTicket?: string): Promise<SsoStart> {
  try {
    const { csrfToken } = await read(await fetch("/api/auth/csrf", { cache: "no-store" }));
    const form = {
      ...{ csrfToken: String(csrfToken), callbackUrl: next, json: "true" },
      ...(linkTicket === undefined ? {} : { link: linkTicket }),
    };
    // Not a submitted form: the content security policy only allows forms to the desk itself.
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

const HOME = "/";
const NO_ORIGIN = "http://desk.invalid";

/** Returns the path to open after signing in: a requested path of this desk, or the start page. */
export function callbackPath(asked: string | string[] | undefined): string {
  if (typeof asked !== "string" || !URL.canParse(asked, NO_ORIGIN)) return HOME;
  const url = new URL(asked, NO_ORIGIN);
  const path = url.pathname + url.search + url.hash;
  // "/.//host" has our origin, but its normalized form "//host" names another host. A "blob:" URL
  // has the origin of its inner URL.
  const ours = url.protocol === "http:" && url.origin === NO_ORIGIN && /^\/(?!\/)/.test(path);
  return ours && url.pathname !== "/sign-in" ? path : HOME;
}
