import { type NextRequest, NextResponse } from "next/server";
import { cookieName } from "@/lib/auth/cookies";
import { env } from "@/lib/env";
import { linkedPage, REFUSED_PARAM, saysTooMuch, splitQuery } from "@/lib/links/link-address";

/**
 * Sets the content security policy of every page and redirects visitors without a session. It is no
 * access control.
 */
export function proxy(request: NextRequest): NextResponse {
  const { appUrl, strictAddresses } = env();
  const refused = strictAddresses ? refusedAddress(request) : null;
  if (refused) return NextResponse.redirect(refused);
  if (mustSignIn(request, appUrl)) return NextResponse.redirect(signInAddress(request));

  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = contentSecurityPolicy(nonce, appUrl);
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  // Tells a page its own path, to return to after signing in.
  headers.set("x-path", request.nextUrl.pathname + request.nextUrl.search);
  headers.set("content-security-policy", policy);

  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

export const config = {
  matcher: [
    {
      source: "/((?!api/|_next/static/|_next/image|favicon\\.svg$).*)",
      // Prefetches and actions return no page that needs a policy.
      missing: [
        { type: "header", key: "next-router-prefetch" },
        { type: "header", key: "next-action" },
      ],
    },
  ],
};

/**
 * Where an address leads that names somebody, where addresses may not; null for all others. Were it
 * followed, whoever makes such ones would never notice, and every log on the way would go on gathering ids.
 */
function refusedAddress({ nextUrl }: NextRequest): URL | null {
  const { pathname, searchParams } = nextUrl;
  const page = linkedPage(pathname);
  if (page === null || !saysTooMuch(page, searchParams)) return null;
  const address = nextUrl.clone();
  address.search = `${splitQuery(page, searchParams).open}`;
  address.searchParams.set(REFUSED_PARAM, "1");
  return address;
}

/** The pages without a session. */
const PUBLIC_PAGES = ["/sign-in", "/choose-password"];

function mustSignIn(request: NextRequest, appUrl: URL): boolean {
  if (PUBLIC_PAGES.includes(request.nextUrl.pathname)) return false;
  if (request.cookies.has(cookieName("session", appUrl))) return false;
  return !expectsItsOwnAnswer(request);
}

/** Actions, and readers that ask for data, are told "not signed in" by whatever they ask. */
function expectsItsOwnAnswer({ method, headers }: NextRequest): boolean {
  if (method !== "GET" && method !== "HEAD") return true;
  const accepted = headers.get("accept") ?? "*/*";
  return !accepted.includes("text/html") && !accepted.includes("*/*");
}

function signInAddress({ nextUrl }: NextRequest): URL {
  const address = nextUrl.clone();
  address.pathname = "/sign-in";
  address.search = "";
  address.searchParams.set("callbackUrl", nextUrl.pathname + nextUrl.search);
  return address;
}

function contentSecurityPolicy(nonce: string, appUrl: URL): string {
  // In development React rebuilds stack traces with eval, and Next's own tools bring bare styles.
  const development = process.env.NODE_ENV === "development";
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    `style-src 'self' ${development ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' http: https:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "manifest-src 'none'",
    "media-src 'none'",
    "object-src 'none'",
    "frame-src 'none'",
    "worker-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(appUrl.protocol === "https:" ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}
