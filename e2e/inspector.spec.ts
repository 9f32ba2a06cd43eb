import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { LookupPage, listRequests } from "./lookup-page";

const dialog = (page: Page) => page.getByRole("dialog", { name: "API inspector" });
const part = (page: Page, name: string) => dialog(page).getByRole("region", { name });
const attempts = (page: Page) => dialog(page).getByRole("table").locator("tbody").getByRole("row");

async function inspect(page: Page): Promise<void> {
  await page.getByRole("button", { name: "API inspector" }).click();
  await expect(dialog(page).getByText(/^This request was sent at \d\d:\d\d:\d\d/)).toBeVisible();
}

test("shows the call as it was made, and makes it again on demand", async ({
  page,
  emulator,
  gateway,
}) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=107867&fields=name,subscriberCount&size=20");
  await expect(lookup.rows).toHaveCount(8);
  const before = listRequests(emulator).length;
  await inspect(page);
  expect(listRequests(emulator)).toHaveLength(before + 1);
  await expect(part(page, "Endpoint")).toHaveText(new RegExp(`^POST ${gateway.url}/v4/`));
  await expect(attempts(page)).toHaveCount(1);
  await expect(attempts(page)).toContainText("OK");
  const body = JSON.parse((await part(page, "Request body").textContent()) ?? "");
  expect(body).toEqual(listRequests(emulator).at(-1));
  await expect(part(page, "Response")).toContainText('"TotalCount": 8');
  await dialog(page).getByRole("button", { name: "Send again" }).click();
  await expect.poll(() => listRequests(emulator).length).toBe(before + 2);
});

test("shows a call that fails, with each of its attempts", async ({ page }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=error-20005");
  await expect(lookup.alert).toBeVisible();
  await inspect(page);
  await expect(attempts(page)).toHaveCount(3);
  await expect(attempts(page).first()).toContainText("Rejected, code 20005");
  await expect(dialog(page).getByRole("alert")).toContainText("20005");
});

test("copies a line for a shell without anything secret", async ({
  page,
  context,
  gateway,
  apps,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=107867");
  await expect(lookup.rows).toHaveCount(8);
  await inspect(page);
  await dialog(page).getByRole("button", { name: "Copy curl" }).click();
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(clipboard).toContain("&identifier=$ADMIN_ID&usersig=$USERSIG&random=$RANDOM&");
  const text = [await clipboard(), await page.content()].join("\n");
  expect(gateway.userSigs.size).toBeGreaterThan(0);
  for (const secret of [...gateway.userSigs, ...apps.map(({ secretKey }) => secretKey)]) {
    const half = Math.ceil(secret.length / 2);
    for (const form of [secret.slice(0, half), secret.slice(half), encodeURIComponent(secret)]) {
      expect(text.includes(form)).toBe(false);
    }
  }
  expect(text).not.toContain(`identifier=${apps[0]?.adminId}`);
});

test("by keyboard alone, and the focus comes back", async ({ page }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=107867");
  await expect(lookup.rows).toHaveCount(8);
  const button = page.getByRole("button", { name: "API inspector" });
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(part(page, "Response")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
  await expect(button).toBeFocused();
});

test("fits a narrow screen", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  await new LookupPage(page).open("?subscriber=fault-hostile");
  await inspect(page);
  await expect(part(page, "Response")).toContainText("hostile");
  const widths = await dialog(page).evaluate((it) => [it.scrollWidth, it.clientWidth]);
  expect(widths[0]).toBeLessThanOrEqual(widths[1] ?? 0);
});
