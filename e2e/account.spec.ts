import type { Page } from "@playwright/test";
import { TOTP } from "otpauth";
import { SAMPLE_PASSWORD } from "@/lib/cli/sample-people";
import { expectAccessible } from "./accessible";
import { untilAlive } from "./alive";
import { expect, test } from "./fixtures";
import { LookupPage } from "./lookup-page";
import { signIn } from "./sign-in";

const STEP_MS = 30_000;

async function openAccount(page: Page): Promise<void> {
  await page.goto("/account");
  await untilAlive(page.getByRole("button", { name: "Change password" }));
}

async function enter(page: Page, person: string, password: string): Promise<void> {
  await page.context().clearCookies();
  await page.goto("/sign-in");
  const field = page.getByRole("textbox", { name: "Email" });
  await untilAlive(field);
  await field.fill(`${person}@demo.test`);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Switches codes on by the keyboard; returns the secret and the recovery codes. */
async function switchCodesOn(page: Page): Promise<{ secret: string; recovery: string[] }> {
  await page.getByRole("button", { name: "Turn on" }).press("Enter");
  await expect(page.getByRole("img", { name: "QR code" })).toBeVisible();
  const secret = (await page.locator("code").innerText()).replaceAll(" ", "");
  await page.getByRole("textbox", { name: "Code from the app" }).fill(codeOf(secret, 0));
  await page.getByRole("textbox", { name: "Your password" }).fill(SAMPLE_PASSWORD);
  await page.keyboard.press("Enter");
  const list = page.getByRole("list", { name: "Recovery codes" });
  await expect(list.getByRole("listitem")).toHaveCount(10);
  return { secret, recovery: await list.getByRole("listitem").allInnerTexts() };
}

/** The code of now, or of so many steps later. Each is good once; one a step ahead is good too. */
function codeOf(secret: string, later: number): string {
  return new TOTP({ secret }).generate({ timestamp: Date.now() + later * STEP_MS });
}

const alert = (page: Page) => page.getByRole("main").getByRole("alert");

test.describe("a person who changes the own account", () => {
  test.use({ role: null });

  test("switches one-time codes on, signs in with them, and switches them off", async ({
    context,
    desk,
    page,
    playwright,
  }) => {
    test.slow();
    await context.addCookies((await signIn(playwright.request, desk.url, "ann")).cookies);
    await openAccount(page);
    const newCode = page.getByRole("textbox", { name: "Code from the app" });
    const password = page.getByRole("textbox", { name: "Your password" });
    await page.getByRole("button", { name: "Turn on" }).click();
    const unused = (await page.locator("code").innerText()).replaceAll(" ", "");
    await newCode.fill("12345");
    await password.fill(SAMPLE_PASSWORD);
    await page.getByRole("button", { name: "Turn on" }).click();
    await expect(alert(page)).toContainText("The code is incorrect");
    await newCode.fill(codeOf(unused, 0));
    await password.fill("not the password");
    await page.getByRole("button", { name: "Turn on" }).click();
    await expect(alert(page)).toContainText("Incorrect password");
    await page.getByRole("button", { name: "Cancel" }).click();

    await openAccount(page);
    const { secret, recovery } = await switchCodesOn(page);
    const [first = "", second = "", third = ""] = recovery;
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download as text" }).click();
    expect((await saved).suggestedFilename()).toBe("channel-desk-recovery-codes.txt");
    await page.getByRole("button", { name: "I have saved these codes" }).click();
    await expect(page.getByText("10 recovery codes are left.")).toBeVisible();

    await enter(page, "ann", SAMPLE_PASSWORD);
    const code = page.getByRole("textbox", { name: "One-time code" });
    const submit = page.getByRole("button", { name: "Sign in" });
    await expect(code).toBeFocused();
    await expect(code).toHaveAccessibleDescription(/recovery codes/);
    await expect(page.getByRole("textbox", { name: "Email" })).toHaveValue("ann@demo.test");
    await page.keyboard.type("000000");
    await page.keyboard.press("Enter");
    await expect(alert(page)).toContainText("The code is incorrect");
    await expect(code).toBeFocused();
    await expect(code).toHaveValue("");
    const used = codeOf(secret, 1);
    await code.fill(`${used.slice(0, 3)} ${used.slice(3)}`);
    await submit.click();
    await expect(page).toHaveURL("/lookup");

    await enter(page, "ann", SAMPLE_PASSWORD);
    await code.fill(used);
    await submit.click();
    await expect(alert(page)).toContainText("already used");
    await code.fill(first.toUpperCase());
    await submit.click();
    await expect(page).toHaveURL("/lookup");
    await enter(page, "ann", SAMPLE_PASSWORD);
    await code.fill(first);
    await submit.click();
    await expect(alert(page)).toContainText("already used");
    await code.fill(second);
    await submit.click();
    await expect(page).toHaveURL("/lookup");
    await openAccount(page);
    await expect(page.getByText("8 recovery codes are left.")).toBeVisible();

    const switchOff = page.getByRole("button", { name: "Turn off" });
    const offCode = page.getByRole("textbox", { name: "One-time code or recovery code" });
    await switchOff.click();
    await password.fill("not the password");
    await offCode.fill(third);
    await switchOff.click();
    await expect(alert(page)).toContainText("Incorrect password");
    await password.fill(SAMPLE_PASSWORD);
    await offCode.fill(codeOf(secret, -20));
    await switchOff.click();
    await expect(alert(page)).toContainText("The code is incorrect");
    await offCode.fill(third);
    await switchOff.click();
    await expect(page.getByRole("button", { name: "Turn on" })).toBeVisible();
    await enter(page, "ann", SAMPLE_PASSWORD);
    await expect(page).toHaveURL("/lookup");
  });

  test("changes the password, which ends the other sessions", async ({
    context,
    desk,
    page,
    playwright,
  }) => {
    const other = await signIn(playwright.request, desk.url, "bob");
    await context.addCookies((await signIn(playwright.request, desk.url, "bob")).cookies);
    await openAccount(page);
    const current = page.getByRole("textbox", { name: "Current password" });
    const next = page.getByRole("textbox", { name: "New password" });
    const submit = page.getByRole("button", { name: "Change password" });
    await current.fill("not the password");
    await next.fill("seven green ferries");
    await submit.click();
    await expect(alert(page)).toContainText("Incorrect password");
    await current.fill(SAMPLE_PASSWORD);
    await next.fill("bob");
    await submit.click();
    await expect(alert(page)).toContainText("too short");
    await next.fill("seven green ferries");
    await submit.click();
    await expect(page.getByText("Changed your password.")).toBeVisible();
    await expect(current).toHaveValue("");

    const visitor = await playwright.request.newContext({ baseURL: desk.url, storageState: other });
    expect(await (await visitor.get("/api/auth/session")).json()).not.toHaveProperty("user");
    await visitor.dispose();
    await page.reload();
    await expect(page.getByText("This session")).toBeVisible();
    await enter(page, "bob", "seven green ferries");
    await expect(page).toHaveURL("/lookup");
  });

  test("sees the own sessions, and ends them with the password", async ({
    context,
    desk,
    page,
    playwright,
  }) => {
    await context.addCookies((await signIn(playwright.request, desk.url, "cat")).cookies);
    for (let times = 0; times < 3; times++) await signIn(playwright.request, desk.url, "cat");
    await openAccount(page);
    const endings = page.getByRole("button", { name: /^End the session of/ });
    await expect(endings).toHaveCount(3);
    const dialog = page.getByRole("dialog");
    const password = dialog.getByRole("textbox", { name: "Your password" });

    await endings.first().press("Enter");
    await expect(password).toBeFocused();
    await page.keyboard.type("not the password");
    await page.keyboard.press("Enter");
    await expect(dialog.getByRole("alert")).toContainText("Incorrect password");
    await password.fill(SAMPLE_PASSWORD);
    await page.keyboard.press("Enter");
    await expect(page.getByText("The session has ended.")).toBeVisible();
    await expect(endings).toHaveCount(2);

    await page.getByRole("button", { name: "End all other sessions" }).click();
    await password.fill(SAMPLE_PASSWORD);
    await page.keyboard.press("Enter");
    await expect(page.getByText("All other sessions have ended.")).toBeVisible();
    await expect(endings).toHaveCount(0);
    await expect(page.getByRole("row")).toHaveCount(2);
  });

  test("opens nothing before codes are on, where they are required", async ({
    apps,
    context,
    gateway,
    openDesk,
    page,
    playwright,
  }) => {
    const { url } = await openDesk(apps, gateway.url, { ONE_TIME_CODES: "required" });
    await context.addCookies((await signIn(playwright.request, url, "support")).cookies);
    await page.goto(`${url}/lookup`);
    await expect(page).toHaveURL(`${url}/account`);
    await expect(alert(page)).toContainText("One-time codes are required");
    await untilAlive(page.getByRole("button", { name: "Turn on" }));
    await switchCodesOn(page);
    await page.getByRole("button", { name: "I have saved these codes" }).click();
    await expect(alert(page)).toHaveCount(0);
    await page.goto(`${url}/lookup`);
    await expect(page.getByRole("textbox", { name: "Subscriber ID" })).toBeVisible();
  });
});

test.describe("everybody", () => {
  test.use({ role: "product" });

  test("finds the own account in the menu, and it is accessible", async ({ page }) => {
    await new LookupPage(page).open();
    await page.getByRole("button", { name: "Account: Pat Product" }).click();
    await page.getByRole("link", { name: "Your account" }).click();
    await expect(page.getByRole("heading", { name: "Your account" })).toBeVisible();
    await expect(page.getByRole("main").getByText("product@demo.test")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Turn on" }).click();
    await expect(page.getByRole("img", { name: "QR code" })).toBeVisible();
    await expectAccessible(page, { isState: true });
  });
});
