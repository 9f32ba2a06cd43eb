import type { Page } from "@playwright/test";
import { SAMPLE_PASSWORD } from "@/lib/cli/sample-people";
import { untilAlive } from "./alive";
import { expect, test } from "./fixtures";
import { signIn } from "./sign-in";

test.use({ role: null });

async function signOut(page: Page): Promise<void> {
  const account = page.getByRole("button", { name: "Account: Sam Support" });
  await untilAlive(account);
  await account.click();
  await page.getByRole("button", { name: "Sign out" }).click();
}

test("signing out in one place ends every copy of the cookie", async ({
  browser,
  context,
  desk,
  page,
  playwright,
}) => {
  const session = await signIn(playwright.request, desk.url, "support");
  await context.addCookies(session.cookies);
  const copy = await browser.newContext({ storageState: session, baseURL: desk.url });
  const elsewhere = await copy.newPage();
  await elsewhere.goto("/lookup");
  await expect(elsewhere.getByRole("textbox", { name: "Subscriber ID" })).toBeVisible();

  await page.goto("/lookup");
  await signOut(page);
  await expect(page).toHaveURL("/sign-in");

  expect(await (await copy.request.get("/api/auth/session")).json()).not.toHaveProperty("user");
  await copy.addCookies(session.cookies);
  const file = await copy.request.get("/lookup/export?app=demo&subscriber=107867&format=csv");
  expect(file.status()).toBe(401);
  await elsewhere.goto("/lookup?subscriber=107867");
  await expect(elsewhere).toHaveURL(/\/sign-in\?callbackUrl=/);
  await copy.close();
});

test("signing in anew ends the session that the browser had", async ({ desk, playwright }) => {
  const earlier = await signIn(playwright.request, desk.url, "support");
  const visitor = await playwright.request.newContext({
    baseURL: desk.url,
    storageState: earlier,
  });
  const { csrfToken } = await (await visitor.get("/api/auth/csrf")).json();
  const form = { csrfToken, email: "product@demo.test", password: SAMPLE_PASSWORD, json: "true" };
  expect((await visitor.post("/api/auth/callback/credentials", { form })).status()).toBe(200);
  expect(await (await visitor.get("/api/auth/session")).json()).toMatchObject({
    user: { email: "product@demo.test" },
  });
  await visitor.dispose();

  const copy = await playwright.request.newContext({ baseURL: desk.url, storageState: earlier });
  expect(await (await copy.get("/api/auth/session")).json()).not.toHaveProperty("user");
  await copy.dispose();
});

test("another site cannot sign anybody out", async ({ desk, playwright }) => {
  const session = await signIn(playwright.request, desk.url, "support");
  const visitor = await playwright.request.newContext({
    baseURL: desk.url,
    storageState: session,
  });
  const answer = await visitor.post("/api/auth/signout", { form: { json: "true" } });
  expect(answer.status()).toBe(403);
  expect(await (await visitor.get("/api/auth/session")).json()).toHaveProperty("user");
  await visitor.dispose();
});

for (const { name, path, cookie = "", status } of [
  { name: "a password in an address", path: "callback/credentials", status: 405 },
  { name: "a script as callback URL", path: "signin?callbackUrl=javascript:1", status: 400 },
  { name: "no address as callback URL", path: "csrf?callbackUrl=http://", status: 400 },
  { name: "a bad kept callback URL", path: "csrf", cookie: "data:1", status: 400 },
]) {
  test(`${name} is the request's fault`, async ({ desk }) => {
    const headers = { cookie: `channel-desk.callback-url=${cookie}` };
    const answer = await fetch(`${desk.url}/api/auth/${path}`, { headers, redirect: "manual" });
    expect(answer.status).toBe(status);
    if (cookie) {
      expect(answer.headers.getSetCookie().join()).toMatch(/callback-url=;.*1970/);
    }
  });
}
