import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import type { Page } from "@playwright/test";
import { TOTP } from "otpauth";
import { newRecoveryCodes } from "@/lib/auth/recovery-codes";
import { newTotpSecret } from "@/lib/auth/totp";
import { SAMPLE_PASSWORD, SAMPLE_PEOPLE } from "@/lib/cli/sample-people";
import { untilAlive } from "./alive";
import { expect, test } from "./fixtures";
import { LookupPage } from "./lookup-page";
import { seedCodes } from "./seed-codes";

test.use({ role: null });

async function fillAndSubmit(page: Page, email: string, password: string): Promise<void> {
  const field = page.getByRole("textbox", { name: "Email" });
  await untilAlive(field);
  await field.fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

const alert = (page: Page) => page.getByRole("main").getByRole("alert");

test("a wrong password and an unknown person are refused alike", async ({ page }) => {
  for (const email of ["support@demo.test", "nobody@demo.test"]) {
    await page.goto("/sign-in");
    await fillAndSubmit(page, email, "not the password");
    await expect(alert(page)).toHaveText("The email or the password is not right.");
    await expect(page).toHaveURL("/sign-in");
    await expect(page.getByRole("textbox", { name: "Email" })).toHaveValue(email);
  }
});

for (const { email, name, role } of SAMPLE_PEOPLE) {
  test(`${name} signs in and out`, async ({ page }) => {
    await page.goto("/");
    await fillAndSubmit(page, email, SAMPLE_PASSWORD);
    await expect(page).toHaveURL(role === "product" ? "/overview" : "/lookup");
    await page.getByRole("button", { name: `Account: ${name}` }).click();
    await expect(page.getByText(email)).toBeVisible();
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page).toHaveURL("/sign-in");

    await page.goto("/lookup?subscriber=107867");
    await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  });
}

test("signing in leads back to the link that was followed", async ({ page }) => {
  const link = "/lookup?subscriber=follows-1&fields=name&size=20";
  await page.goto(link);
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=/);
  await fillAndSubmit(page, "support@demo.test", SAMPLE_PASSWORD);
  await expect(new LookupPage(page).rows).toHaveCount(1);
  await expect(page).toHaveURL(link);
});

for (const callbackUrl of ["https://evil.example/", "//evil.example/", "/\\evil.example/"]) {
  test(`signing in does not lead to ${callbackUrl}`, async ({ page }) => {
    await page.goto(`/sign-in?${new URLSearchParams({ callbackUrl })}`);
    await fillAndSubmit(page, "support@demo.test", SAMPLE_PASSWORD);
    await expect(page).toHaveURL("/lookup");
  });
}

test("too many wrong passwords have to wait, and are told how long", async ({ page }) => {
  await page.goto("/sign-in");
  // Each further failure doubles the wait, so that a slow machine only needs a few more.
  for (let said = ""; !said.startsWith("Too many attempts."); ) {
    await fillAndSubmit(page, "guessed@demo.test", "guess");
    await expect(alert(page)).toHaveText(/not right|Too many attempts/);
    said = await alert(page).innerText();
  }
  await expect(alert(page)).toHaveText(/Try again in \d+ seconds?\./);
  await expect(page.getByRole("button", { name: "Sign in" })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
});

test("who has one-time codes is asked for one, and a recovery code does instead", async ({
  apps,
  gateway,
  openDesk,
  page,
}) => {
  const [email, totpSecret] = ["support@demo.test", newTotpSecret()];
  const [recoveryCode = ""] = newRecoveryCodes();
  const AUTH_SECRET = randomBytes(32).toString("hex");
  const DATA_DIR = await seedCodes(email, { totpSecret, recoveryCode }, AUTH_SECRET);
  const desk = await openDesk(apps, gateway.url, { AUTH_SECRET, DATA_DIR });
  const code = page.getByRole("textbox", { name: "One-time code" });
  const submit = page.getByRole("button", { name: "Sign in" });
  const now = () => new TOTP({ secret: totpSecret }).generate();

  await page.goto(`${desk.url}/sign-in`);
  await fillAndSubmit(page, email, SAMPLE_PASSWORD);
  await expect(code).toBeFocused();
  await expect(code).toHaveAccessibleDescription(/recovery codes/);
  await expect(page.getByRole("textbox", { name: "Email" })).toHaveValue(email);
  await page.keyboard.type("000000");
  await page.keyboard.press("Enter");
  await expect(alert(page)).toContainText("The code is not right");
  await expect(code).toBeFocused();
  await expect(code).toHaveValue("");

  const used = now();
  await code.fill(`${used.slice(0, 3)} ${used.slice(3)}`);
  await submit.click();
  await expect(page).toHaveURL(`${desk.url}/lookup`);

  await page.context().clearCookies();
  await page.goto(`${desk.url}/sign-in`);
  await fillAndSubmit(page, email, SAMPLE_PASSWORD);
  await code.fill(used);
  await submit.click();
  await expect(alert(page)).toContainText("has been used");
  await code.fill(recoveryCode.toUpperCase());
  await submit.click();
  await expect(page).toHaveURL(`${desk.url}/lookup`);
  rmSync(DATA_DIR, { recursive: true, force: true });
});

test("the session cannot be read by scripts or sent by other sites", async ({ page, context }) => {
  await page.goto("/sign-in");
  await fillAndSubmit(page, "support@demo.test", SAMPLE_PASSWORD);
  await expect(page).toHaveURL("/lookup");
  const cookies = await context.cookies();
  for (const each of ["channel-desk.session", "channel-desk.device"]) {
    expect(cookies.find(({ name }) => name === each)).toMatchObject({
      httpOnly: true,
      sameSite: "Lax",
      secure: false,
      path: "/",
      domain: "127.0.0.1",
    });
  }
  expect(await page.evaluate(() => document.cookie)).not.toMatch(/session|device/);
});
