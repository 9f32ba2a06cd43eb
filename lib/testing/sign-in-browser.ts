import { NextRequest } from "next/server";
import NextAuth, { type AuthOptions } from "next-auth";
import { expect } from "vitest";
import { authOptions } from "@/lib/auth/auth-options";
import { answerOidc } from "@/lib/auth/oidc/sign-in";
import type { Env } from "@/lib/env";
import { browser } from "./browser-headers";

/** Sends one request of the browser to a desk's sign-in routes, and keeps the cookies of the answer. */
export async function visit(
  desk: Env,
  method: "GET" | "POST",
  path: string,
  form: Record<string, string> = {},
): Promise<Response> {
  const { jar } = browser;
  const cookie = [...jar].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("; ");
  const body = method === "POST" ? new URLSearchParams(form) : null;
  const url = new URL(`/api/auth/${path}`, desk.appUrl);
  const request = new NextRequest(url, { method, headers: { cookie }, body });
  const library = (options: AuthOptions) => answerOf(request, form, options);
  const [action, name] = url.pathname.split("/").slice(3);
  if (desk.oidc === null) throw new Error("The desk has no provider.");
  const context = { env: desk, oidc: desk.oidc, options: authOptions(desk) };
  const response = await (name === "oidc"
    ? answerOidc(action, request, context, library)
    : library(context.options));
  for (const set of response.headers.getSetCookie()) keep(set);
  return response;
}

/** Presses the button of single sign-on: the answer is `{url}` of the provider, or `{problem}`. */
export async function begin(
  desk: Env,
  callbackUrl: string,
  more: Record<string, string> = {},
): Promise<Response> {
  const { csrfToken } = await (await visit(desk, "GET", "csrf")).json();
  return visit(desk, "POST", "signin/oidc", { csrfToken, callbackUrl, json: "true", ...more });
}

/** Comes back from the provider with this query; returns where the desk leads. */
export async function bringBack(desk: Env, query: URLSearchParams) {
  const response = await visit(desk, "GET", `callback/oidc?${query}`);
  const location = new URL(response.headers.get("location") ?? "", desk.appUrl);
  return {
    origin: location.origin,
    path: location.pathname + location.search,
    problem: location.searchParams.get("sso"),
  };
}

function keep(setCookie: string): void {
  const flags = setCookie.toLowerCase().split("; ").slice(1);
  expect(flags).toEqual(expect.arrayContaining(["path=/", "httponly", "secure", "samesite=lax"]));
  expect(setCookie).not.toContain("Domain");
  // Browsers keep no longer one.
  expect(setCookie.length).toBeLessThanOrEqual(4096);
  const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(setCookie) ?? [];
  if (value === "") browser.jar.delete(name);
  else browser.jar.set(name, decodeURIComponent(value));
}

// next-auth outside Next, by its handler for plain requests.
async function answerOf(
  request: NextRequest,
  body: Record<string, string>,
  options: AuthOptions,
): Promise<Response> {
  const url = new URL(request.url);
  const given = {
    method: request.method,
    headers: Object.fromEntries(request.headers),
    cookies: Object.fromEntries(browser.jar),
    query: { ...Object.fromEntries(url.searchParams), nextauth: url.pathname.split("/").slice(3) },
    body,
  };
  const headers = new Headers();
  let status = 200;
  let text = "";
  const answer = {
    getHeader: (name: string) => headers.getSetCookie().filter(() => name === "Set-Cookie"),
    setHeader: (name: string, value: string | string[]) => {
      headers.delete(name);
      for (const each of [value].flat()) headers.append(name, each);
      return answer;
    },
    status: (code: number) => {
      status = code;
      return answer;
    },
    json: (value: unknown) => {
      text = JSON.stringify(value);
    },
    send: (value: unknown) => {
      text = typeof value === "string" ? value : JSON.stringify(value);
    },
    end: () => {},
  };
  await NextAuth(given as never, answer as never, options);
  return new Response(text, { status, headers });
}
