import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessible";
import { expect, test } from "./fixtures";
import { LookupPage, listRequests } from "./lookup-page";

const SAMPLE = "@TOA#_test_mill_subscriber_OA";
const openRow = (query: string, channelId = SAMPLE) =>
  `${query}&row=${encodeURIComponent(channelId)}`;
const drawer = (page: Page) => page.getByRole("dialog");
const follows = (page: Page) => drawer(page).getByText(/^Subscribed since \w+ \d{1,2}, \d{4}$/);

/** What a field says in the drawer. */
const value = (page: Page, label: string) =>
  drawer(page)
    .locator("dt", { hasText: new RegExp(`^${label}$`) })
    .locator("xpath=..");

test("a link opens one row with every field, read anew", async ({ page, emulator }) => {
  await new LookupPage(page).open(openRow("?subscriber=107867&fields=name"));
  await expect(follows(page)).toBeVisible();
  await expect(drawer(page).getByRole("heading", { level: 2 })).toHaveText(
    "test_mill_subscriber_OA",
  );
  const since = value(page, "Subscribed since");
  for (const form of ["2023-11-22T12:15:51Z", "1700655351", "Nov 22, 2023, 12:15:51 UTC"]) {
    await expect(since.getByText(form, { exact: true })).toBeVisible();
  }
  await expect(since.getByText(/ago$/)).toBeVisible();
  await expect(value(page, "Owner")).toContainText("107867");
  await expect(value(page, "Introduction")).toContainText("This is test Introduction");
  await expect(drawer(page).getByText(/^Updated \d\d:\d\d:\d\d/)).toBeVisible();
  const info = emulator.calls.filter(({ command }) => command === "get_official_account_info");
  expect(info).toHaveLength(1);
});

test("each value and the link are copied whole", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await new LookupPage(page).open(openRow("?subscriber=107867"));
  await expect(follows(page)).toBeVisible();
  const copied = [
    ["Copy channel ID", SAMPLE],
    ["Copy Subscribed since, Unix time", "1700655351"],
    ["Copy Subscribed since, UTC", "2023-11-22T12:15:51Z"],
    ["Copy Subscribers", /^\d+$/],
  ] as const;
  for (const [name, text] of copied) {
    await drawer(page).getByRole("button", { name, exact: true }).click();
    await expect.poll(clipboard).toMatch(text);
  }
  await drawer(page).getByRole("button", { name: "Copy link" }).click();
  await expect.poll(clipboard).toMatch(/^http.*row=/);
  const link = await clipboard();
  await page.goto("/lookup");
  await page.goto(link);
  await expect(follows(page)).toBeVisible();
});

test("by keys to the neighbours and out again, and the focus comes back", async ({ page }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=107867&fields=name");
  await expect(lookup.rows).toHaveCount(8);
  const ids = await lookup.channelIds();
  const mark = lookup.rows.first().locator("[data-open]").first();
  await mark.focus();
  await page.keyboard.press("Enter");
  const shownId = drawer(page).locator("dl").first().locator("bdi");
  await expect(shownId).toHaveText(ids[0] ?? "");
  for (const [key, index] of [
    ["j", 1],
    ["j", 2],
    ["k", 1],
  ] as const) {
    await page.keyboard.press(key);
    await expect(shownId).toHaveText(ids[index] ?? "");
    await expect.poll(() => new URL(page.url()).searchParams.get("row")).toBe(ids[index]);
    await expect
      .poll(() => drawer(page).evaluate((it) => it.contains(document.activeElement)))
      .toBe(true);
  }
  const next = drawer(page).getByRole("button", { name: "Next channel" });
  await next.focus();
  await page.keyboard.press("Enter");
  await expect(shownId).toHaveText(ids[2] ?? "");
  await expect(next).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(drawer(page)).toHaveCount(0);
  await expect(mark).toBeFocused();
  await expect(page).not.toHaveURL(/row=/);
});

test("the known row is shown until the fresh one arrives", async ({ page, gateway }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=107867");
  await expect(lookup.rows).toHaveCount(8);
  const held = gateway.hold("107867");
  await lookup.rows.first().locator("[data-open]").first().click();
  await held.arrived;
  await expect(drawer(page).getByText(/^Data from the list, as of \d\d:\d\d:\d\d/)).toBeVisible();
  await expect(value(page, "Owner")).toContainText("107867");
  held.release();
  await expect(follows(page)).toBeVisible();
});

test("shows a known channel that is not in the list", async ({ page }) => {
  const lookup = new LookupPage(page);
  await lookup.open(openRow("?subscriber=107867", "@TOA#_hostile_1"));
  await expect(
    drawer(page).getByText(/^107867 does not subscribe to this channel\. All 8 channels/),
  ).toBeVisible();
  await expect(value(page, "Owner")).toContainText("fault-hostile");

  await lookup.open(openRow("?subscriber=107867", "@TOA#_no_such_channel"));
  await expect(drawer(page).getByText(/^Tencent Cloud has no such channel/)).toBeVisible();

  // The list of this one never ends.
  await lookup.open(openRow("?subscriber=fault-never-complete", "@TOA#_hostile_1"));
  await expect(
    drawer(page).getByText(
      /^Cannot tell whether fault-never-complete .* 250 of 250 channels were checked/,
    ),
  ).toBeVisible();
});

test("a failure can be retried", async ({ page, gateway }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=107867");
  await expect(lookup.rows).toHaveCount(8);
  gateway.refuse("107867", 131000);
  await lookup.open(openRow("?subscriber=107867"));
  const alert = drawer(page).getByRole("alert");
  await expect(alert).toContainText("131000");
  gateway.reset();
  await drawer(page).getByRole("button", { name: "Refresh" }).click();
  await expect(follows(page)).toBeVisible();
  await expect(alert).toHaveCount(0);
});

test("hostile data shows and does nothing, at 360 px too", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  for (const number of [1, 6, 7, 9]) {
    const row = `@TOA#_hostile_${number}`;
    await new LookupPage(page).open(openRow("?subscriber=fault-hostile", row));
    await expect(drawer(page).getByText(/^Updated \d\d:/)).toBeVisible();
    expect(await page.evaluate(() => Reflect.get(window, "hacked"))).toBeUndefined();
    const widths = await drawer(page).evaluate((it) => [it.scrollWidth, it.clientWidth]);
    expect(widths[0]).toBeLessThanOrEqual(widths[1] ?? 0);
  }
  await expect(drawer(page)).not.toContainText(/[\u202a-\u202e\u2066-\u2069\u200b]/);
  await expectAccessible(page, { onlySerious: true, isState: true });
});

test.describe("a product manager", () => {
  test.use({ role: "product" });

  test("sees which field is kept back, and it is not asked for", async ({ page, emulator }) => {
    await new LookupPage(page).open(openRow("?subscriber=107867"));
    await expect(drawer(page).getByText(/^Updated \d\d:/)).toBeVisible();
    await expect(
      drawer(page).getByText("Hidden for your role: Subscriber custom data."),
    ).toBeVisible();
    for (const { ResponseFilter: asked } of listRequests(emulator)) {
      expect(asked.SelfInfoFilter).toEqual(["SubscribeTime"]);
    }
  });
});
