import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Env, EnvError, parseEnv } from "@/lib/env";
import { catchLog } from "@/lib/testing/desk-log";
import { IdentityProvider } from "@/lib/testing/identity-provider";
import { alsoAtProvider } from "./sign-in";

let provider: IdentityProvider;
beforeEach(async () => {
  provider = await IdentityProvider.start();
});
afterEach(() => {
  provider.close();
  vi.restoreAllMocks();
});

const signedOut = () =>
  Response.json({ url: "/sign-in" }, { headers: { "set-cookie": "session=; Max-Age=0" } });

async function leadsTo(response: Response): Promise<string> {
  expect(response.headers.getSetCookie()).toEqual(["session=; Max-Age=0"]);
  return (await response.json()).url;
}

test("a sign-out goes on at the provider, and from there back to the sign-in page", async () => {
  provider.discovery = { end_session_endpoint: `${provider.issuer}/end?tenant=one` };
  const url = await leadsTo(await alsoAtProvider(signedOut(), null, desk(provider.issuer)));
  const { origin, pathname, searchParams } = new URL(url);
  expect(origin + pathname).toBe(`${provider.issuer}/end`);
  expect(Object.fromEntries(searchParams)).toEqual({
    tenant: "one",
    client_id: "desk",
    post_logout_redirect_uri: "https://desk.example.com/sign-in",
  });
});

test("a sign-out ends here where the provider has none", async () => {
  expect(await leadsTo(await alsoAtProvider(signedOut(), null, desk(provider.issuer)))).toBe(
    "/sign-in",
  );
});

test("a sign-out ends here when the provider does not answer", async () => {
  const log = catchLog();
  const { issuer } = provider;
  provider.close();
  expect(await leadsTo(await alsoAtProvider(signedOut(), null, desk(issuer)))).toBe("/sign-in");
  expect(log).toHaveLength(1);
});

function desk(issuer: string): Env {
  const app = { slug: "a", name: "A", sdkAppId: 1, adminId: "a", secretKey: "k", region: "china" };
  const result = parseEnv({
    APP_URL: "https://desk.example.com",
    AUTH_SECRET: "a secret of these tests, long enough",
    CHAT_APPS: JSON.stringify([app]),
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: "desk",
    OIDC_CLIENT_SECRET: "the client secret",
    OIDC_ROLES: JSON.stringify({ "desk-admins": "admin" }),
  });
  if (!result.ok) throw new EnvError(result.failure);
  return result.value;
}
