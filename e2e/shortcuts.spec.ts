import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { LookupPage } from "./lookup-page";
import { storing } from "./stored";

const palette = (page: Page) => page.getByRole("dialog", { name: "Commands" });
const help = (page: Page) => page.getByRole("dialog", { name: "Keyboard shortcuts" });

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByRole("combobox", { name: "Search or paste an ID…" })).toBeFocused();
}

/** A key as an input method or another layout reports it. */
function pressAs(page: Page, key: string, code: string, isComposing: boolean): Promise<void> {
  return page.evaluate(
    (given) => {
      const event = { bubbles: true, cancelable: true, ...given };
      document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", event));
    },
    { key, code, isComposing },
  );
}

/** Switches them in the open help sheet, and waits until that is stored. */
async function switchSingleKeys(page: Page, on: boolean): Promise<void> {
  const stored = storing(page);
  await help(page).getByRole("checkbox", { name: "Single-key shortcuts" }).setChecked(on);
  await stored;
}

test("the palette finds a command by its words, and gives the focus back", async ({ page }) => {
  const lookup = new LookupPage(page);
  await lookup.open();
  await lookup.field.focus();
  await openPalette(page);
  await page.keyboard.press("Escape");
  await expect(palette(page)).toBeHidden();
  await expect(lookup.field).toBeFocused();

  await page.getByRole("button", { name: "Search or paste an ID…" }).click();
  await expect(page.getByRole("combobox", { name: "Search or paste an ID…" })).toBeFocused();
  await page.keyboard.type("dark theme");
  await expect(palette(page).getByRole("option")).toHaveText(["Theme: Dark", "Look up dark theme"]);
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(page.getByRole("button", { name: "Search or paste an ID…" })).toBeFocused();
});

test("an id that is pasted into the palette is looked up, in the same app", async ({ page }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?app=other&subscriber=follows-0");
  await openPalette(page);
  await page.keyboard.insertText(" 107867 ");
  await expect(palette(page).getByRole("option")).toHaveText(["Look up 107867"]);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/lookup?app=other&subscriber=107867");
  await expect(lookup.rows).toHaveCount(8);
});

test("letters lead around, under any input method and never out of a field", async ({ page }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?app=other&subscriber=107867");
  await pressAs(page, "ㄴ", "KeyS", true);
  await expect(lookup.field).not.toBeFocused();
  await pressAs(page, "ㄴ", "KeyS", false);
  await expect(lookup.field).toBeFocused();
  await page.keyboard.type("gl?");
  await expect(lookup.field).toHaveValue("gl?");

  await page.keyboard.press("Tab");
  await page.keyboard.press("g");
  await page.keyboard.press("l");
  await expect(page).toHaveURL("/lookup?app=other");
});

test.describe("a person of his own", () => {
  // What is switched here is stored for the person, so it must not be one of the other journeys'.
  test.use({ role: "product" });

  test("the help sheet shows the keys and switches single letters off, which stays", async ({
    page,
  }) => {
    const lookup = new LookupPage(page);
    await lookup.open("?subscriber=107867");
    await page.keyboard.press("?");
    await expect(help(page).getByRole("listitem").filter({ hasText: "Go to Lookup" })).toHaveText(
      "Go to LookupGthenL",
    );
    await switchSingleKeys(page, false);

    await lookup.open("?subscriber=107867");
    await page.keyboard.press("s");
    await page.keyboard.press("?");
    await expect(lookup.field).not.toBeFocused();
    await openPalette(page);
    await page.keyboard.press("ControlOrMeta+k");
    await expect(palette(page)).toBeHidden();

    await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
    await switchSingleKeys(page, true);
    await help(page).getByRole("button", { name: "Close" }).click();
    await page.keyboard.press("s");
    await expect(lookup.field).toBeFocused();
  });
});
