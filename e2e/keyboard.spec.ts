import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { SAMPLE_PASSWORD } from "@/lib/cli/sample-people";
import { untilAlive } from "./alive";
import { expect, test } from "./fixtures";
import { LookupPage } from "./lookup-page";
import { vendorRows } from "./vendor-rows";

test.use({ role: null });

/** Presses Tab until the wanted thing has the focus; wherever it stops, the focus can be seen. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  await expect(wanted).toBeAttached();
  for (let presses = 0; presses < 200; presses++) {
    await page.keyboard.press("Tab");
    expect(await focusRing(page), "a ring around what has the focus").not.toBe("none");
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab does not lead to ${wanted}.`);
}

/** The style of the ring around the focused element, or around the face under which it lies. */
function focusRing(page: Page): Promise<string> {
  return page.evaluate(() => {
    const focused = document.activeElement;
    if (!focused || focused === document.body) return "outside the page";
    const styles = [focused, focused.parentElement ?? focused].map((it) => getComputedStyle(it));
    return styles.find(({ outlineStyle }) => outlineStyle !== "none")?.outlineStyle ?? "none";
  });
}

test("signing in, looking up, paging, choosing a column and leaving need no mouse", async ({
  page,
}) => {
  await page.goto("/lookup?size=20");
  await untilAlive(page.getByRole("textbox", { name: "Email" }));
  await tabTo(page, page.getByRole("textbox", { name: "Email" }));
  await page.keyboard.type("support@demo.test");
  await page.keyboard.press("Tab");
  await page.keyboard.type(SAMPLE_PASSWORD);
  await page.keyboard.press("Enter");

  const lookup = new LookupPage(page);
  await expect(lookup.field).toBeFocused();
  await page.goto("/account");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await lookup.open("?size=20");
  await expect(lookup.field).toBeFocused();
  await page.keyboard.type("follows-201");
  await page.keyboard.press("Enter");
  await lookup.expectRange("1–20 of 201");
  await expect(lookup.rows.first().locator("[data-open]")).toBeFocused();

  const next = lookup.pages.getByRole("button", { name: "Next page" });
  await tabTo(page, next);
  await page.keyboard.press("Enter");
  await lookup.expectRange("21–40 of 201");
  await expect(next).toBeFocused();
  await page.keyboard.press("Space");
  await lookup.expectRange("41–60 of 201");

  await tabTo(page, page.getByRole("button", { name: /^Columns/ }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("checkbox", { name: "Introduction" }));
  await page.keyboard.press("Space");
  await expect(page.getByRole("columnheader", { name: "Introduction" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: /^Columns/ })).toBeFocused();

  await tabTo(page, page.getByRole("button", { name: /^Account/ }));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByRole("button", { name: "Sign out" }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/sign-in");
});

test.describe("a support agent", () => {
  test.use({ role: "support" });

  test("looks up, opens a row and copies the summary with four keys besides the ID", async ({
    page,
    context,
  }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    const lookup = new LookupPage(page);
    await lookup.open();
    await expect(lookup.field).toBeFocused();
    await page.keyboard.type("107867");
    await page.keyboard.press("Enter");
    const opens = (index: number) => lookup.rows.nth(index).locator("[data-open]");
    await expect(opens(0)).toBeFocused();
    await page.keyboard.press("Enter");
    const drawer = page.getByRole("dialog");
    await expect(drawer.getByText("Subscribed since November 22, 2023")).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(opens(0)).toBeFocused();
    await page.keyboard.press("t");
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(clipboard).toContain("The first 8 channels as shown:");

    await page.keyboard.press("j");
    await expect(opens(1)).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await expect(opens(2)).toBeFocused();
    await page.keyboard.press("x");
    await expect(lookup.rows.nth(2)).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("t");
    await expect.poll(clipboard).toContain("Selected: 1 channel");
  });
});

test.describe("a product manager", () => {
  test.use({ role: "product" });

  test("looks up, filters, looks into rows and takes a file with no mouse", async ({
    apps,
    emulator,
    page,
  }) => {
    const lookup = new LookupPage(page);
    await lookup.open("?fields=name,subscriberCount");
    await expect(lookup.field).toBeFocused();
    await page.keyboard.type("follows-201");
    await page.keyboard.press("Enter");
    await lookup.expectRange("1–50 of 201");

    await expect(lookup.rows.first().locator("[data-open]")).toBeFocused();
    await page.keyboard.press("/");
    await expect(page.getByRole("searchbox", { name: "Filter rows" })).toBeFocused();
    await page.keyboard.type("museum");
    const matching = (await vendorRows(apps[0], emulator.url, "follows-201")).filter((row) =>
      /museum/i.test(`${row.Name}\n${row.Official_Account}`),
    ).length;
    expect(matching).toBeGreaterThan(1);
    await expect(page.getByText(`${matching} of 201 match`, { exact: true })).toBeVisible();

    await tabTo(
      page,
      lookup.header("Subscribers").getByRole("button", { name: "Subscribers", exact: true }),
    );
    await page.keyboard.press("Enter");
    await expect(lookup.header("Subscribers")).toHaveAttribute("aria-sort", "descending");

    const [first, second] = [lookup.rows.nth(0), lookup.rows.nth(1)];
    const nameIn = (row: Locator) => row.locator('td[data-label="Channel"]').getByRole("button");
    const names = [await nameIn(first).innerText(), await nameIn(second).innerText()];
    await tabTo(page, nameIn(first));
    await page.keyboard.press("Enter");
    const drawer = page.getByRole("dialog");
    await expect(drawer.getByRole("heading", { name: names[0] })).toBeVisible();
    await page.keyboard.press("j");
    await expect(drawer.getByRole("heading", { name: names[1] })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(drawer).toHaveCount(0);

    await page.keyboard.press("e");
    await expect(page.getByRole("dialog", { name: "Export channels" })).toBeVisible();
    await tabTo(page, page.getByRole("radio", { name: /^CSV/ }));
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await expect(page.getByRole("radio", { name: /^JSON/ })).toBeChecked();
    await tabTo(page, page.getByRole("button", { name: "Start" }));
    const download = page.waitForEvent("download");
    await page.keyboard.press("Enter");
    const path = await (await download).path();
    expect(JSON.parse(readFileSync(path, "utf8")).channels).toHaveLength(matching);
  });
});
