import type { APIResponse, BrowserContext, Response } from "@playwright/test";
import { SAMPLE_PASSWORD, SAMPLE_PEOPLE } from "@/lib/cli/sample-people";
import { openDatabase } from "@/lib/db/open-database";
import { untilAlive } from "./alive";
import { expect, test } from "./fixtures";
import { LookupPage } from "./lookup-page";
import { storedIn } from "./stored";

test.use({ role: null });

/** Gathers all that a browser receives: heads and bodies of answers, and frames of web sockets. */
function receivedBy(context: BrowserContext): () => Promise<string> {
  const parts: (string | Promise<string>)[] = [];
  context.on("response", (response) => parts.push(textOf(response)));
  context.on("page", (page) => {
    page.on("websocket", (socket) => {
      socket.on("framereceived", ({ payload }) => parts.push(payload.toString()));
    });
  });
  return async () => (await Promise.all(parts)).join("\n");
}

async function textOf(response: Response): Promise<string> {
  // A cookie is how a session comes to its browser; nothing else may carry it.
  const head = (await response.headersArray())
    .filter(({ name }) => name.toLowerCase() !== "set-cookie")
    .map(({ name, value }) => `${name}: ${value}`);
  // A redirect has no body, and that of a page that was left is gone.
  const body = await response.text().catch(() => "");
  return [response.url(), ...head, body].join("\n");
}

/** A long secret is found by each of its halves, a short one only whole: its half may be a word. */
function isIn(text: string, secret: string): boolean {
  const half = Math.ceil(secret.length / 2);
  const halves = secret.length < 32 ? [] : [secret.slice(0, half), secret.slice(half)];
  return [secret, encodeURIComponent(secret), ...halves].some((form) => text.includes(form));
}

const FAILURES = [
  ["error-70001", "70001"],
  ["error-70009", "70009"],
  ["fault-502", "502"],
  ["fault-reset", "Could not reach"],
] as const;

test("no secret reaches the browser, the log or the database", async ({
  browser,
  gateway,
  apps,
  openDesk,
}) => {
  test.slow();
  const desk = await openDesk(apps, gateway.url);
  const context = await browser.newContext({ baseURL: desk.url });
  const received = receivedBy(context);
  const sessions: string[] = [];
  const fetched: string[] = [];
  const keep = async (answer: APIResponse) => void fetched.push(await answer.text());
  const page = await context.newPage();
  const lookup = new LookupPage(page);
  for (const { email } of SAMPLE_PEOPLE) {
    await page.goto("/sign-in");
    await untilAlive(page.getByRole("textbox", { name: "Email" }));
    await page.getByRole("textbox", { name: "Email" }).fill(email);
    await page.getByRole("textbox", { name: "Password" }).fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
    await page.getByRole("textbox", { name: "Password" }).fill(SAMPLE_PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL(email.startsWith("product") ? "/overview" : "/lookup");
    await page.goto("/api/auth/session");

    for (const app of ["demo", "other"]) {
      await lookup.open(`?subscriber=107867&app=${app}`);
      await expect(lookup.rows).toHaveCount(8);
    }
    // A failure says the same to everybody.
    const failures = email.startsWith("support") ? FAILURES : [];
    for (const [subscriberId, words] of failures) {
      await lookup.lookUp(subscriberId);
      await expect(lookup.alert).toContainText(words);
    }
    await lookup.open("?subscriber=107867&whole=1&sort=name&row=%40TOA%23_test_mill_subscriber_OA");
    await expect(page.getByRole("dialog").getByText("1698894911")).toBeVisible();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "API inspector" }).click();
    await expect(page.getByRole("dialog").getByText("curl -")).toBeVisible();
    await page.keyboard.press("Escape");
    for (const subscriberId of ["107867", "error-70009"]) {
      await page.request.get(`/lookup/export?subscriber=${subscriberId}&format=json`).then(keep);
      await page.request
        .get(`/lookup/stream?app=demo&subscriber=${subscriberId}&fields=name`)
        .then(keep);
    }
    await page.goto("/no-such-page");
    const cookies = await context.cookies();
    sessions.push(...cookies.filter(({ httpOnly }) => httpOnly).map(({ value }) => value));
    await context.clearCookies();
  }

  const inBrowser = [await received(), ...fetched, await page.content()].join("\n");
  await context.close();
  const inLog = desk.output();
  await desk.kill();
  const { db, close } = await openDatabase(desk.database);
  const inDatabase = await storedIn(db);
  await close();
  expect(inBrowser).toContain("test_mill_subscriber_OA");
  expect(inLog).toContain("Channel Desk listening on");
  expect(inDatabase).toContain("107867");
  expect(sessions.length).toBeGreaterThanOrEqual(SAMPLE_PEOPLE.length);
  expect(gateway.userSigs.size).toBeGreaterThanOrEqual(apps.length);
  const secrets = {
    "a secret key": apps.map(({ secretKey }) => secretKey),
    "the secret of the sessions": [desk.authSecret],
    "a UserSig": [...gateway.userSigs],
    "a password": [SAMPLE_PASSWORD],
    "a session": sessions,
    "a password's hash": ["$scrypt$ln="],
    "an address with a signature": ["usersig=eJ"],
  };
  for (const [name, values] of Object.entries(secrets)) {
    for (const value of values) {
      expect(isIn(inBrowser, value), `${name} in the browser`).toBe(false);
      expect(isIn(inLog, value), `${name} in the log`).toBe(false);
      // Passwords are checked by their hashes.
      const mayBeStored = name === "a password's hash";
      expect(isIn(inDatabase, value), `${name} in the database`).toBe(mayBeStored);
      // The search itself must be able to find what it looks for.
      expect(isIn(`${inBrowser}\n{"planted":"${value}"}`, value)).toBe(true);
    }
  }
});
