import type { Page } from "@playwright/test";
import { axe } from "./accessible";
import { expect, test } from "./fixtures";
import { DOOR, SCENES } from "./scenes";

const VIEWS = [
  { width: 390, colorScheme: "light" },
  { width: 390, colorScheme: "dark" },
  { width: 1440, colorScheme: "light" },
  { width: 1440, colorScheme: "dark" },
] as const;

async function expectAccessible(page: Page): Promise<void> {
  for (const { width, colorScheme } of VIEWS) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations } = await axe(page, colorScheme).analyze();
    const serious = violations.filter(
      ({ impact }) => impact === "serious" || impact === "critical",
    );
    const found = serious.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target}`));
    expect(found, `${width} px, ${colorScheme}`).toEqual([]);
  }
  for (const width of [360, 390, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    const scrolled = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(scrolled, `the page's own width at ${width} px`).toBeLessThanOrEqual(width);
  }
}

for (const [name, scene] of Object.entries(SCENES)) {
  test(`${name}: nothing serious at any width, in either theme`, async ({ page }) => {
    await scene(page);
    await expectAccessible(page);
  });
}

test.describe("signed out", () => {
  test.use({ role: null });
  for (const [name, scene] of Object.entries(DOOR)) {
    test(`${name}: nothing serious at any width, in either theme`, async ({ page }) => {
      await scene(page);
      await expectAccessible(page);
    });
  }
});

test("the check finds what is serious", async ({ page }) => {
  await page.goto("/lookup");
  await page.evaluate(() => document.body.append(document.createElement("button")));
  await expect(expectAccessible(page)).rejects.toThrow(/button-name/);
});
