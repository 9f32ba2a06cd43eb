import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { ExportDialog } from "./exported";
import { test as base, expect } from "./fixtures";
import { filterButton, LookupPage, listRequests } from "./lookup-page";
import { signIn } from "./sign-in";

// What is revealed is revealed to a session, so each journey has one of its own.
const test = base.extend({
  storageState: async ({ desk, playwright }, use) =>
    use(await signIn(playwright.request, desk.url, "admin")),
});

const COLUMN = "Subscriber custom data";
const QUERY = "fields=name,subscribedAt,subscriberCustomString";
const VALUE = /\{"level": ?\d\}/;

const masks = (page: Page) => page.getByRole("button", { name: `Reveal ${COLUMN} (masked)` });
const dialog = (page: Page) => page.getByRole("dialog", { name: "Reveal masked data" });
const reason = (page: Page) => page.getByRole("textbox", { name: "Reason" });

/** Answers by keys alone, from a mask that has the focus. */
async function answer(page: Page, typed: string): Promise<void> {
  await page.keyboard.press("Enter");
  await expect(reason(page)).toBeFocused();
  await page.keyboard.type(typed);
  await page.keyboard.press("Enter");
}

test("a masked column is chosen, revealed for a reason, and masked for the next subscriber", async ({
  page,
  browser,
  desk,
  emulator,
  playwright,
}) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=user-17&fields=name,subscribedAt");
  await expect(lookup.rows).toHaveCount(42);
  await page.keyboard.press("c");
  const choice = page.getByRole("checkbox", { name: new RegExp(`^${COLUMN}`) });
  await choice.focus();
  await page.keyboard.press("Space");
  await expect(page.getByRole("img", { name: "Masked (reason required)" }).first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(masks(page)).toHaveCount(42);
  await expect(
    lookup.header(COLUMN).getByRole("button", { name: COLUMN, exact: true }),
  ).toHaveCount(0);
  await filterButton(page).click();
  const filters = page.getByRole("dialog", { name: "Filters", exact: true });
  await expect(filters.getByRole("button", { name: "Channel", exact: true })).toBeVisible();
  await expect(filters.getByRole("button", { name: COLUMN })).toHaveCount(0);
  await page.keyboard.press("Escape");

  await masks(page).nth(2).focus();
  await answer(page, "why?");
  await expect(dialog(page)).toContainText("Enter a reason of 5 to 500 characters.");
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
  await expect(masks(page).nth(2)).toBeFocused();
  for (const { ResponseFilter } of listRequests(emulator)) {
    expect(ResponseFilter.SelfInfoFilter).toEqual(["SubscribeTime"]);
  }

  await answer(page, "Ticket 4711");
  await expect(lookup.rows.filter({ hasText: VALUE })).not.toHaveCount(0);
  await expect(masks(page)).toHaveCount(0);
  await expect(
    page.getByRole("region", { name: "Channels that user-17 subscribes to" }).last(),
  ).toBeFocused();
  await expect(
    page.getByText(/^Revealed for user-17 until \d\d:\d\d:\d\d: Subscriber custom data\.$/),
  ).toBeVisible();
  await expect(
    lookup.header(COLUMN).getByRole("button", { name: COLUMN, exact: true }).first(),
  ).toBeVisible();
  expect(listRequests(emulator).map(({ ResponseFilter }) => ResponseFilter.SelfInfoFilter)).toEqual(
    [["SubscribeTime"], ["SubscribeTime", "CustomString"]],
  );

  await lookup.lookUp("user-24");
  await expect(masks(page)).toHaveCount(42);
  expect(listRequests(emulator).at(-1)?.ResponseFilter.SelfInfoFilter).toEqual(["SubscribeTime"]);
  await page.goBack();
  await expect(lookup.rows.filter({ hasText: VALUE })).not.toHaveCount(0);
  await lookup.reload();
  await expect(lookup.rows.filter({ hasText: VALUE })).not.toHaveCount(0);
  await expect(masks(page)).toHaveCount(0);

  const storageState = await signIn(playwright.request, desk.url, "admin");
  const elsewhere = await browser.newContext({ baseURL: desk.url, storageState });
  const other = await elsewhere.newPage();
  await new LookupPage(other).open(`?subscriber=user-17&${QUERY}`);
  await expect(masks(other)).toHaveCount(42);
  await elsewhere.close();
});

test("masks and the question have nothing serious for axe", async ({ page }) => {
  test.slow();
  const lookup = new LookupPage(page);
  await lookup.open(`?subscriber=user-20&${QUERY}`);
  await expect(masks(page)).not.toHaveCount(0);
  await expectAccessible(page, { onlySerious: true, isState: true });
  await masks(page).first().click();
  await reason(page).press("Enter");
  await expect(dialog(page)).toContainText("Enter a reason of 5 to 500 characters.");
  await expectAccessible(page, { onlySerious: true, isState: true });
  await page.keyboard.type("Ticket 4711");
  await page.keyboard.press("Enter");
  await expect(masks(page)).toHaveCount(0);
  await lookup.open("?subscriber=user-21&fields=name");
  await lookup.rows.first().locator("[data-open]").first().click();
  await expect(masks(page)).toHaveCount(1);
  await expectAccessible(page, { onlySerious: true, isState: true });
});

test("revealed values are masked again when their time is over", async ({ page, emulator }) => {
  await page.clock.install();
  const lookup = new LookupPage(page);
  await lookup.open(`?subscriber=user-19&${QUERY}`);
  await masks(page).first().focus();
  await answer(page, "Ticket 4711");
  await expect(lookup.rows.filter({ hasText: VALUE })).not.toHaveCount(0);
  // The clock goes on meanwhile.
  await page.clock.fastForward("13:00");
  await expect(lookup.rows.filter({ hasText: VALUE })).not.toHaveCount(0);
  await page.clock.fastForward("02:10");
  await expect(masks(page)).toHaveCount(38);
  await expect(lookup.rows.filter({ hasText: VALUE })).toHaveCount(0);
  await expect
    .poll(() => listRequests(emulator).at(-1)?.ResponseFilter.SelfInfoFilter)
    .toEqual(["SubscribeTime"]);
});

test("a row that is open reveals too, and the value has the focus", async ({ page, emulator }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=user-22&fields=name");
  await expect(lookup.rows).toHaveCount(28);
  await lookup.rows.first().locator("[data-open]").first().click();
  await expect(page.getByRole("dialog").getByText(/^Updated \d\d:/)).toBeVisible();
  await masks(page).focus();
  await answer(page, "Ticket 4711");
  await expect(dialog(page)).toHaveCount(0);
  await expect(masks(page)).toHaveCount(0);
  const value = page
    .getByRole("dialog")
    .locator("dt", { hasText: new RegExp(`^${COLUMN}$`) })
    .locator("xpath=../dd");
  await expect(value).toHaveText(/not provided|level/);
  await expect(value).toBeFocused();
  expect(listRequests(emulator).at(-1)?.ResponseFilter.SelfInfoFilter).toEqual([
    "SubscribeTime",
    "CustomString",
  ]);
});

test("a file and copied rows leave out masked values, and say so", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const lookup = new LookupPage(page);
  await lookup.open(`?subscriber=user-18&${QUERY}`);
  await expect(masks(page)).toHaveCount(21);
  await page.getByRole("checkbox", { name: "Select all rows" }).check();
  await page.getByRole("button", { name: "Copy rows" }).click();
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await expect
    .poll(async () => (await clipboard()).split("\n")[0])
    .toBe("Channel\tChannel ID\tSubscribed since");

  const file = new ExportDialog(page);
  await file.choose("CSV");
  await expect(file.dialog).toContainText(`Masked, so not in the file: ${COLUMN}.`);
  await file.start.click();
  expect(String(await file.saved(".csv"))).not.toContain("level");
});
