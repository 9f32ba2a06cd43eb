import type { Page } from "@playwright/test";
import { SAMPLE_PASSWORD, SAMPLE_PEOPLE } from "@/lib/cli/sample-people";
import { untilAlive } from "./alive";
import { expect, test } from "./fixtures";
import { LookupPage } from "./lookup-page";

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
    await expect(alert(page)).toHaveText("Incorrect email or password.");
    await expect(page).toHaveURL("/sign-in");
    await expect(page.getByRole("textbox", { name: "Email" })).toHaveValue(email);
  }
});

test("each role signs in and out, with a session that scripts and other sites do not get", async ({
  context,
  page,
}) => {
  for (const { email, name, role } of SAMPLE_PEOPLE) {
    await page.goto("/");
    await fillAndSubmit(page, email, SAMPLE_PASSWORD);
    await expect(page).toHaveURL(role === "product" ? "/overview" : "/lookup");
    const cookies = await context.cookies();
    for (const each of ["channel-desk.session", "channel-desk.device"]) {
      expect(cookies.find((cookie) => cookie.name === each)).toMatchObject({
        httpOnly: true,
        sameSite: "Lax",
        secure: false,
        path: "/",
        domain: "127.0.0.1",
      });
    }
    expect(await page.evaluate(() => document.cookie)).not.toMatch(/session|device/);
    const account = page.getByRole("button", { name: `Account: ${name}` });
    await untilAlive(account);
    await account.click();
    await expect(page.getByText(email)).toBeVisible();
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page).toHaveURL("/sign-in");

    await page.goto("/lookup?subscriber=107867");
    await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  }
});

test("signing in leads back to the link that was followed", async ({ page }) => {
  const link = "/lookup?subscriber=follows-1&fields=name&size=20";
  await page.goto(link);
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=/);
  await fillAndSubmit(page, "support@demo.test", SAMPLE_PASSWORD);
  await expect(new LookupPage(page).rows).toHaveCount(1);
  await expect(page).toHaveURL(link);
});

test("signing in does not lead to another site", async ({ page }) => {
  for (const callbackUrl of ["https://evil.example/", "//evil.example/", "/\\evil.example/"]) {
    await page.context().clearCookies();
    await page.goto(`/sign-in?${new URLSearchParams({ callbackUrl })}`);
    await fillAndSubmit(page, "support@demo.test", SAMPLE_PASSWORD);
    await expect(page).toHaveURL("/lookup");
  }
});

test("too many wrong passwords have to wait, and are told how long", async ({ page }) => {
  await page.goto("/sign-in");
  // Read together: after some seconds the wait is over.
  const shown = () =>
    page.getByRole("main").evaluate((main) => ({
      said: main.querySelector('[role="alert"]')?.textContent ?? "",
      disabled: main.querySelector('[type="submit"]')?.getAttribute("aria-disabled"),
    }));
  let { said, disabled } = await shown();
  // Each further failure doubles the wait, so that a slow machine only needs a few more.
  while (!said.startsWith("Too many attempts.")) {
    await fillAndSubmit(page, "guessed@demo.test", "guess");
    await expect(alert(page)).toHaveText(/Incorrect|Too many attempts/);
    ({ said, disabled } = await shown());
  }
  expect(said).toMatch(/Try again in \d+ seconds?\.$/);
  expect(disabled).toBe("true");
});
