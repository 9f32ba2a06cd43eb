import type { Page } from "@playwright/test";
import { TOTP } from "otpauth";
import { SAMPLE_PASSWORD } from "@/lib/cli/sample-people";
import { expectAccessible } from "./accessible";
import { untilAlive } from "./alive";
import type { Desk } from "./desk";
import { expect, test } from "./fixtures";
import { signIn } from "./sign-in";

const EMAIL = "support@demo.test";
const STEP_MS = 30_000;

type Doors = {
  readonly page: Page;
  /** A desk of the test's own, in whose account room this page is. */
  readonly own: Desk;
};

type ForOwn = { variables: Record<string, string>; doors: Doors };

const testOwn = test.extend<ForOwn>({
  role: null,
  variables: [{}, { option: true }],
  doors: async ({ apps, context, gateway, openDesk, page, playwright, variables }, use) => {
    const own = await openDesk(apps, gateway.url, variables);
    const { cookies } = await signIn(playwright.request, own.url, "support");
    await context.addCookies(cookies);
    await openAccount(page, own);
    await use({ page, own });
  },
});

async function openAccount(page: Page, { url }: Desk): Promise<void> {
  await page.goto(`${url}/account`);
  await untilAlive(page.getByRole("button", { name: "Change password" }));
}

async function enter(page: Page, { url }: Desk, password: string): Promise<void> {
  await page.context().clearCookies();
  await page.goto(`${url}/sign-in`);
  const field = page.getByRole("textbox", { name: "Email" });
  await untilAlive(field);
  await field.fill(EMAIL);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function enterCode(page: Page, code: string): Promise<void> {
  await page.getByRole("textbox", { name: "One-time code" }).fill(code);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Switches codes on by the keyboard; gives the secret and the recovery codes. */
async function switchCodesOn(page: Page): Promise<{ secret: string; recovery: string[] }> {
  await page.getByRole("button", { name: "Switch on" }).press("Enter");
  await expect(page.getByRole("img", { name: "QR code" })).toBeVisible();
  const secret = (await page.locator("code").innerText()).replaceAll(" ", "");
  await page.getByRole("textbox", { name: "Code from the app" }).fill(codeOf(secret, 0));
  await page.getByRole("textbox", { name: "Your password" }).fill(SAMPLE_PASSWORD);
  await page.keyboard.press("Enter");
  const list = page.getByRole("list", { name: "Recovery codes" });
  await expect(list.getByRole("listitem")).toHaveCount(10);
  return { secret, recovery: await list.getByRole("listitem").allInnerTexts() };
}

/** The code of now, or of so many steps later: each is good once, and one a step ahead is good too. */
function codeOf(secret: string, later: number): string {
  return new TOTP({ secret }).generate({ timestamp: Date.now() + later * STEP_MS });
}

const alert = (page: Page) => page.getByRole("main").getByRole("alert");

testOwn("one-time codes are switched on, and asked for", async ({ doors: { page, own } }) => {
  const { secret, recovery } = await switchCodesOn(page);
  const saved = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download as text" }).click();
  expect((await saved).suggestedFilename()).toBe("channel-desk-recovery-codes.txt");
  await page.getByRole("button", { name: "I have kept them" }).click();
  await expect(page.getByText("10 recovery codes are left.")).toBeVisible();

  await enter(page, own, SAMPLE_PASSWORD);
  await enterCode(page, codeOf(secret, 1));
  await expect(page).toHaveURL(`${own.url}/lookup`);

  const [first = "", second = ""] = recovery;
  await enter(page, own, SAMPLE_PASSWORD);
  await enterCode(page, first);
  await expect(page).toHaveURL(`${own.url}/lookup`);
  await enter(page, own, SAMPLE_PASSWORD);
  await enterCode(page, first);
  await expect(alert(page)).toContainText("has been used");
  await enterCode(page, second);
  await expect(page).toHaveURL(`${own.url}/lookup`);
  await openAccount(page, own);
  await expect(page.getByText("8 recovery codes are left.")).toBeVisible();
});

testOwn("codes are switched off by who has the password and a code", async ({ doors }) => {
  const { page, own } = doors;
  const { secret, recovery } = await switchCodesOn(page);
  await page.getByRole("button", { name: "I have kept them" }).click();
  await page.getByRole("button", { name: "Switch off" }).click();
  const password = page.getByRole("textbox", { name: "Your password" });
  const code = page.getByRole("textbox", { name: "One-time code or recovery code" });
  const submit = page.getByRole("button", { name: "Switch off" });
  await password.fill("not the password");
  await code.fill(recovery[0] ?? "");
  await submit.click();
  await expect(alert(page)).toContainText("password is not right");
  await password.fill(SAMPLE_PASSWORD);
  await code.fill(codeOf(secret, -20));
  await submit.click();
  await expect(alert(page)).toContainText("code is not right");
  await code.fill(recovery[0] ?? "");
  await submit.click();
  await expect(page.getByRole("button", { name: "Switch on" })).toBeVisible();
  await enter(page, own, SAMPLE_PASSWORD);
  await expect(page).toHaveURL(`${own.url}/lookup`);
});

testOwn("a wrong code or password switches nothing on", async ({ doors: { page } }) => {
  await page.getByRole("button", { name: "Switch on" }).click();
  const secret = (await page.locator("code").innerText()).replaceAll(" ", "");
  const code = page.getByRole("textbox", { name: "Code from the app" });
  const password = page.getByRole("textbox", { name: "Your password" });
  await code.fill("12345");
  await password.fill(SAMPLE_PASSWORD);
  await page.getByRole("button", { name: "Switch on" }).click();
  await expect(alert(page)).toContainText("code is not right");
  await code.fill(codeOf(secret, 0));
  await password.fill("not the password");
  await page.getByRole("button", { name: "Switch on" }).click();
  await expect(alert(page)).toContainText("password is not right");
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.reload();
  await expect(page.getByRole("button", { name: "Switch on" })).toBeVisible();
});

testOwn(
  "the password is changed by who knows it, and other sessions end",
  async ({ doors: { page, own }, playwright }) => {
    const other = await signIn(playwright.request, own.url, "support");
    const current = page.getByRole("textbox", { name: "Current password" });
    const next = page.getByRole("textbox", { name: "New password" });
    const submit = page.getByRole("button", { name: "Change password" });
    await current.fill("not the password");
    await next.fill("seven green ferries");
    await submit.click();
    await expect(alert(page)).toContainText("password is not right");
    await current.fill(SAMPLE_PASSWORD);
    await next.fill("support");
    await submit.click();
    await expect(alert(page)).toContainText("too short");
    await next.fill("seven green ferries");
    await submit.click();
    await expect(page.getByText("The password is changed.")).toBeVisible();
    await expect(current).toHaveValue("");

    const visitor = await playwright.request.newContext({ baseURL: own.url, storageState: other });
    expect(await (await visitor.get("/api/auth/session")).json()).not.toHaveProperty("user");
    await visitor.dispose();
    await page.reload();
    await expect(page.getByText("This session")).toBeVisible();
    await enter(page, own, "seven green ferries");
    await expect(page).toHaveURL(`${own.url}/lookup`);
  },
);

testOwn(
  "sessions are seen, and ended with the password",
  async ({ doors: { page, own }, playwright }) => {
    const endings = page.getByRole("button", { name: /^End the session of/ });
    for (let times = 0; times < 3; times++) await signIn(playwright.request, own.url, "support");
    await page.reload();
    await expect(endings).toHaveCount(3);
    const dialog = page.getByRole("dialog");
    const password = dialog.getByRole("textbox", { name: "Your password" });

    await endings.first().press("Enter");
    await expect(password).toBeFocused();
    await page.keyboard.type("not the password");
    await page.keyboard.press("Enter");
    await expect(dialog.getByRole("alert")).toContainText("password is not right");
    await password.fill(SAMPLE_PASSWORD);
    await page.keyboard.press("Enter");
    await expect(page.getByText("The session has ended.")).toBeVisible();
    await expect(endings).toHaveCount(2);

    await page.getByRole("button", { name: "End all others" }).click();
    await password.fill(SAMPLE_PASSWORD);
    await page.keyboard.press("Enter");
    await expect(page.getByText("All other sessions have ended.")).toBeVisible();
    await expect(endings).toHaveCount(0);
    await expect(page.getByRole("row")).toHaveCount(2);
  },
);

testOwn.describe("where codes are required", () => {
  testOwn.use({ variables: { ONE_TIME_CODES: "required" } });

  testOwn("nothing opens before they are switched on", async ({ doors: { page, own } }) => {
    await page.goto(`${own.url}/lookup`);
    await expect(page).toHaveURL(`${own.url}/account`);
    await expect(alert(page)).toContainText("asks for one-time codes");
    await untilAlive(page.getByRole("button", { name: "Switch on" }));
    await switchCodesOn(page);
    await page.getByRole("button", { name: "I have kept them" }).click();
    await expect(alert(page)).toHaveCount(0);
    await page.goto(`${own.url}/lookup`);
    await expect(page.getByRole("textbox", { name: "Subscriber ID" })).toBeVisible();
  });
});

test.describe("everybody", () => {
  test.use({ role: "product" });

  test("finds the own account in the menu", async ({ page }) => {
    await page.goto("/lookup");
    await page.getByRole("button", { name: "Account: Pat Product" }).click();
    await page.getByRole("link", { name: "Your account" }).click();
    await expect(page.getByRole("heading", { name: "Your account" })).toBeVisible();
    await expect(page.getByRole("main").getByText("product@demo.test")).toBeVisible();
  });

  test("meets nothing serious in any width and theme", async ({ page }) => {
    await page.goto("/account");
    const switchOn = page.getByRole("button", { name: "Switch on" });
    await untilAlive(switchOn);
    await expectAccessible(page);
    await switchOn.click();
    await expect(page.getByRole("img", { name: "QR code" })).toBeVisible();
    await expectAccessible(page);
  });
});
