import { type NextRequest, NextResponse } from "next/server";
import NextAuth, { type AuthOptions } from "next-auth";
import { authOptions } from "@/lib/auth/auth-options";
import { signInCookies } from "@/lib/auth/cookies";
import { currentUser } from "@/lib/auth/current-user";
import { alsoAtProvider, answerOidc } from "@/lib/auth/oidc/sign-in";
import { idTokenOf } from "@/lib/auth/session-lifecycle";
import { env } from "@/lib/env";

type Context = { params: Promise<{ nextauth: string[] }> };

const MAX_BODY_BYTES = 16_384;

// The library's other actions are closed: its own pages, and a log that anybody could write to.
const ANSWERED = ["csrf", "providers", "session", "signin", "callback", "signout"];

export function GET(request: NextRequest, context: Context): Promise<Response> {
  return answer(request, context);
}

export async function POST(request: NextRequest, context: Context): Promise<Response> {
  const { nextauth } = await context.params;
  if (!isSmallForm(request.headers)) return new Response(null, { status: 400 });
  if (nextauth[0] !== "signout") return answer(request, context);

  const leaving = await currentUser();
  const idToken =
    leaving?.kind === "oidc"
      ? await idTokenOf({ sessionId: leaving.sessionId, accountId: leaving.id })
      : null;
  const response = await answer(request, context);
  // Recent lookups belong to the session. A post from another site has no session.
  if (leaving) response.headers.set("clear-site-data", '"cache", "storage"');
  if (await currentUser()) {
    // The library removes the cookie of a verified form, whether or not the session could be ended.
    const { name } = signInCookies(env().appUrl).sessionToken;
    const isVerified = response.headers.getSetCookie().some((line) => line.startsWith(`${name}=`));
    return new Response(null, { status: isVerified ? 503 : 403 });
  }
  return leaving?.kind === "oidc" ? alsoAtProvider(response, idToken, env()) : response;
}

async function answer(request: NextRequest, context: Context): Promise<Response> {
  const [action = "", provider] = (await context.params).nextauth;
  if (!ANSWERED.includes(action)) return new Response(null, { status: 404 });
  if (action === "callback" && provider === "credentials" && request.method === "GET") {
    return new Response(null, { status: 405, headers: { allow: "POST" } });
  }
  const { callbackUrl } = signInCookies(env().appUrl);
  const kept = request.cookies.get(callbackUrl.name)?.value;
  const asked = request.nextUrl.searchParams.get("callbackUrl");
  if (![kept, asked].every(isWebAddress)) {
    const refusal = new NextResponse(null, { status: 400 });
    refusal.cookies.delete({ ...callbackUrl.options, name: callbackUrl.name });
    return refusal;
  }
  const options = authOptions(env());
  const library = (handlerOptions: AuthOptions) => NextAuth(request, context, handlerOptions);
  const { oidc } = env();
  if (oidc === null || provider !== "oidc") return library(options);
  return answerOidc(action, request, { env: env(), oidc, options }, library);
}

/** Whether the library accepts a callback URL: it answers any other with 500. */
function isWebAddress(address: string | null | undefined): boolean {
  if (!address) return true;
  if (!URL.canParse(address, env().appUrl)) return false;
  return /^https?:$/.test(new URL(address, env().appUrl).protocol);
}

function isSmallForm(headers: Headers): boolean {
  const length = Number(headers.get("content-length") ?? Number.POSITIVE_INFINITY);
  const type = headers.get("content-type") ?? "";
  return length <= MAX_BODY_BYTES && type.startsWith("application/x-www-form-urlencoded");
}
