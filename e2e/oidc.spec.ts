import type { BrowserContext, Page, Response } from "@playwright/test";
import { desc, eq } from "drizzle-orm";
import { SAMPLE_PASSWORD } from "@/lib/cli/sample-people";
import type { Database } from "@/lib/db/database";
import { openDatabase } from "@/lib/db/open-database";
import { accounts, auditEvents } from "@/lib/db/schema";
import { Secret } from "@/lib/secret";
import { type OidcProvider, type Person, startOidcProvider } from "@/lib/testing/oidc-provider";
import { expectAccessible } from "./accessible";
import { untilAlive } from "./alive";
import { type Desk, startDesk } from "./desk";
import { test as base, expect } from "./fixtures";
import { copySeeded, dropCopy } from "./seeded-database";
import { storedIn } from "./stored";

const person = (name: string, ...roles: string[]): Person => ({
  name,
  email: `${name.toLowerCase()}@company.test`,
  email_verified: true,
  roles,
});

const PEOPLE: Readonly<Record<string, Person>> = {
  ada: person("Ada", "desk-admins", "staff"),
  sue: person("Sue", "staff", "helpers"),
  vic: person("Vic", "staff"),
  dan: person("Dan", "helpers"),
  lee: person("Lee", "helpers"),
  // The addresses of people who have a password here, one of them claimed only.
  sam: { ...person("Sam", "helpers"), email: "support@demo.test" },
  eve: { ...person("Eve", "helpers"), email: "product@demo.test", email_verified: false },
};

const NAME = "Company login";

type Sso = { readonly provider: OidcProvider; readonly desk: Desk; readonly db: Database };

const variables = ({ issuer, clientId, clientSecret }: OidcProvider) => ({
  OIDC_ISSUER: issuer,
  OIDC_CLIENT_ID: clientId,
  OIDC_CLIENT_SECRET: clientSecret,
  OIDC_NAME: NAME,
  OIDC_ROLES: JSON.stringify({ "desk-admins": "admin", helpers: "support" }),
});

// One desk for all of these, on a server whose rows can be read and changed meanwhile.
const test = base.extend<object, { sso: Sso }>({
  sso: [
    async ({ apps, gateway }, use) => {
      const url = await copySeeded();
      const { db, close } = await openDatabase({ kind: "postgres", url: new Secret(url) });
      const provider = await startOidcProvider(PEOPLE);
      const desk = await startDesk(apps, gateway.url, {
        ...variables(provider),
        DATABASE_URL: url,
      });
      provider.serve(desk.url);
      await use({ provider, desk, db });
      await desk.stop();
      await provider.close();
      await close();
      await dropCopy(url);
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: ({ sso }, use) => use(sso.desk.url),
});

test.use({ role: null });

const ssoButton = (page: Page) => page.getByRole("button", { name: `Sign in with ${NAME}` });
const alert = (page: Page) => page.getByRole("main").getByRole("alert");

async function goToProvider(page: Page, path = "/"): Promise<void> {
  await page.goto(path);
  await untilAlive(ssoButton(page));
  await ssoButton(page).click();
}

async function signInAs(page: Page, subject: string, path?: string): Promise<void> {
  await goToProvider(page, path);
  await page.getByRole("button", { name: subject, exact: true }).click();
  await page.getByRole("button", { name: "Allow" }).click();
}

async function lastSignIn(db: Database) {
  const [row] = await db
    .select()
    .from(auditEvents)
    .where(eq(auditEvents.action, "signIn"))
    .orderBy(desc(auditEvents.sequence))
    .limit(1);
  return row;
}

for (const { subject, name, role } of [
  { subject: "ada", name: "Ada", role: "Administrator" },
  { subject: "sue", name: "Sue", role: "Support" },
]) {
  test(`${name} signs in with the role of her groups, at the link she followed`, async ({
    page,
    sso,
  }) => {
    const link = "/lookup?subscriber=follows-1&size=20";
    await signInAs(page, subject, link);
    await expect(page).toHaveURL(link);
    const account = page.getByRole("button", { name: `Account: ${name}` });
    await untilAlive(account);
    await account.click();
    await expect(page.getByText(role, { exact: true })).toBeVisible();
    expect(await lastSignIn(sso.db)).toMatchObject({
      outcome: "done",
      actorEmail: `${subject}@company.test`,
    });
  });
}

test("a person without a role sees the name of the provider and an explanation", async ({
  page,
  sso,
}) => {
  await signInAs(page, "vic");
  await expect(alert(page)).toHaveText(
    "Your account vic@company.test has no role in Channel Desk. Ask an administrator for a role.",
  );
  await expect(page).toHaveURL(/\/sign-in\?sso=noRole/);
  expect(await lastSignIn(sso.db)).toMatchObject({
    outcome: "refused",
    code: "noRole",
    target: "vic@company.test",
  });
  // The address alone names nobody.
  await page.context().clearCookies();
  await page.reload();
  await expect(alert(page)).toHaveText(/^Your account has no role/);
});

test("a person who refuses at the provider returns and can try again", async ({ page, sso }) => {
  const link = "/lookup?subscriber=follows-1";
  await goToProvider(page, link);
  await page.getByRole("button", { name: "sue" }).click();
  await page.getByRole("button", { name: "Refuse" }).click();
  await expect(alert(page)).toContainText(`${NAME} did not sign you in`);
  await expect(page.getByText("The person said no.")).toHaveCount(0);
  expect(await lastSignIn(sso.db)).toMatchObject({ outcome: "refused", code: "declined" });

  // The provider remembers who it is.
  await untilAlive(ssoButton(page));
  await ssoButton(page).click();
  await page.getByRole("button", { name: "Allow" }).click();
  await expect(page).toHaveURL(link);
});

test("a sign-in that another browser began, or long ago, is begun again", async ({ page }) => {
  await goToProvider(page);
  await page.getByRole("button", { name: "sue" }).click();
  await expect(page.getByRole("button", { name: "Allow" })).toBeVisible();
  await page.context().clearCookies({ name: /^channel-desk\./ });
  await page.getByRole("button", { name: "Allow" }).click();
  await expect(alert(page)).toHaveText(/expired or was restarted in another tab/);
});

test("signing out ends the session at the provider too", async ({ page }) => {
  await signInAs(page, "lee");
  await expect(page).toHaveURL("/lookup");
  const account = page.getByRole("button", { name: "Account: Lee" });
  await untilAlive(account);
  await account.click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await expect(page).toHaveURL("/sign-in");

  await untilAlive(ssoButton(page));
  await ssoButton(page).click();
  await expect(page.getByRole("button", { name: "lee" })).toBeVisible();
});

test("a person who is still signed in at the provider signs in without a question", async ({
  page,
}) => {
  await signInAs(page, "lee");
  await expect(page).toHaveURL("/lookup");
  await page.context().clearCookies({ name: "channel-desk.session" });
  await goToProvider(page);
  await expect(page).toHaveURL("/lookup");
});

test("a disabled account cannot sign in or go on", async ({ page, sso }) => {
  const dan = eq(accounts.email, "dan@company.test");
  await signInAs(page, "dan");
  await expect(page).toHaveURL("/lookup");
  await sso.db.update(accounts).set({ disabledAt: new Date() }).where(dan);
  await goToProvider(page);
  await expect(alert(page)).toHaveText(/^Your account dan@company\.test is disabled/);
  expect(await lastSignIn(sso.db)).toMatchObject({ outcome: "refused", code: "disabled" });
});

test("a local account is taken over by a verified address only", async ({ page, sso }) => {
  await signInAs(page, "eve");
  await expect(alert(page)).toContainText("no verified email address");
  await page.context().clearCookies();
  await signInAs(page, "sam");
  await expect(page).toHaveURL("/lookup");
  const [sam] = await sso.db.select().from(accounts).where(eq(accounts.email, "support@demo.test"));
  expect(sam).toMatchObject({ name: "Sam", oidcSubject: "sam" });
});

test("a provider that cannot be reached shows an error", async ({
  page,
  apps,
  gateway,
  openDesk,
}) => {
  const provider = await startOidcProvider(PEOPLE);
  const desk = await openDesk(apps, gateway.url, variables(provider));
  await provider.close();
  await goToProvider(page, `${desk.url}/sign-in`);
  await expect(alert(page)).toHaveText(`${NAME} did not respond. Try again in a moment.`);
  await expect(page).toHaveURL(`${desk.url}/sign-in`);
});

test("without local accounts only the provider signs people in", async ({
  page,
  apps,
  gateway,
  openDesk,
}) => {
  const provider = await startOidcProvider(PEOPLE);
  const desk = await openDesk(apps, gateway.url, {
    ...variables(provider),
    LOCAL_ACCOUNTS: "off",
  });
  provider.serve(desk.url);
  await page.goto(`${desk.url}/sign-in`);
  await expect(ssoButton(page)).toBeVisible();
  await expect(page.getByRole("textbox")).toHaveCount(0);

  const { csrfToken } = await (await page.request.get(`${desk.url}/api/auth/csrf`)).json();
  const form = { csrfToken, email: "admin@demo.test", password: SAMPLE_PASSWORD, json: "true" };
  const answer = await page.request.post(`${desk.url}/api/auth/callback/credentials`, { form });
  expect(answer.ok()).toBe(false);
  expect(JSON.stringify(await page.context().cookies())).not.toContain("channel-desk.session");

  await signInAs(page, "ada", `${desk.url}/`);
  await expect(page).toHaveURL(`${desk.url}/lookup`);
  await provider.close();
});

test("an error of signing in is explained on an accessible page", async ({ page }) => {
  await page.goto("/sign-in?sso=untrusted");
  await expect(alert(page)).toContainText("Could not verify");
  await expectAccessible(page, { isState: true });
});

test("nothing the provider gives reaches the browser, the log or the database", async ({
  context,
  sso,
}) => {
  const received = receivedFrom(sso.desk.url, context);
  const codes = codesOf(context);
  const page = await context.newPage();
  for (const subject of ["ada", "sue", "vic"]) {
    await signInAs(page, subject, "/lookup?subscriber=follows-1");
    await expect(page.getByRole("main")).toContainText(/subscribed to 1 channel|no role/);
    await page.goto("/api/auth/session");
    await page.goto("/api/auth/providers");
    await context.clearCookies();
  }
  const given = sso.provider.tokens.flatMap((body) => {
    const { id_token, access_token } = JSON.parse(body);
    // A token may be told by its signature, whoever cuts it.
    return [id_token, access_token, String(id_token).split(".").at(-1)];
  });
  expect(given.length).toBeGreaterThanOrEqual(9);
  expect(codes.length).toBeGreaterThanOrEqual(3);
  const inBrowser = await received();
  expect(inBrowser).toContain("subscribed to 1 channel");
  const inDatabase = await storedIn(sso.db);
  expect(inDatabase).toContain("sue@company.test");
  for (const secret of [...given, ...codes, sso.provider.clientSecret]) {
    expect(inBrowser).not.toContain(secret);
    expect(sso.desk.output()).not.toContain(secret);
    expect(inDatabase).not.toContain(secret);
  }
});

/** Heads and bodies of all answers of the desk; not their addresses, one of which holds the code. */
function receivedFrom(url: string, context: BrowserContext): () => Promise<string> {
  const parts: Promise<string>[] = [];
  context.on("response", (response) => {
    if (response.url().startsWith(url)) parts.push(textOf(response));
  });
  return async () => (await Promise.all(parts)).join("\n");
}

async function textOf(response: Response): Promise<string> {
  const head = (await response.headersArray()).map(({ name, value }) => `${name}: ${value}`);
  // A redirect has no body, and that of a page that was left is gone.
  const body = await response.text().catch(() => "");
  return [...head, body].join("\n");
}

function codesOf(context: BrowserContext): string[] {
  const codes: string[] = [];
  context.on("request", (request) => {
    const code = new URL(request.url()).searchParams.get("code");
    if (code !== null) codes.push(code);
  });
  return codes;
}
