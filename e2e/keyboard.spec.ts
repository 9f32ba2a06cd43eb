import type { Locator, Page } from "@playwright/test";
import { SAMPLE_PASSWORD } from "@/lib/cli/sample-people";
import { expect, test } from "./fixtures";
import { LookupPage } from "./lookup-page";

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
  await tabTo(page, page.getByRole("textbox", { name: "Email" }));
  await page.keyboard.type("support@demo.test");
  await page.keyboard.press("Tab");
  await page.keyboard.type(SAMPLE_PASSWORD);
  await page.keyboard.press("Enter");

  const lookup = new LookupPage(page);
  await expect(lookup.field).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await tabTo(page, lookup.field);
  await page.keyboard.type("follows-201");
  await page.keyboard.press("Enter");
  await lookup.expectRange("1–20 of 201");

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
