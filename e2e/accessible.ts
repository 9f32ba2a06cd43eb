import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { locales } from "@/lib/messages/locales";
import { expect } from "./fixtures";

/** `npm run test:full` sets this: then every width meets every theme and every language. */
export const isFull = process.env.TEST_MATRIX === "full";

// Each width and each theme is checked once; the themes differ in nothing but colours.
const VIEWS = [
  { width: 360, colorScheme: "light" },
  { width: 1440, colorScheme: "dark" },
  ...(isFull
    ? ([
        { width: 360, colorScheme: "dark" },
        { width: 1440, colorScheme: "light" },
      ] as const)
    : []),
] as const;

/** Of a state of a page, which shares its colours and widths: narrow, in the theme that narrow pages are not checked in. */
const STATE_VIEWS = [{ width: 360, colorScheme: "dark" }] as const;

/** The languages in which a page is checked for everybody: the widest words, or all of them. */
export const CHECKED_LOCALES = isFull ? locales : (["ja"] as const);

/**
 * Expects that axe finds nothing and that no page is wider than the window: in either theme, or once for a
 * state of a page.
 */
export async function expectAccessible(
  page: Page,
  { onlySerious = false, isState = false } = {},
): Promise<void> {
  for (const { width, colorScheme } of isState && !isFull ? STATE_VIEWS : VIEWS) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // No page has a frame, so axe needs no second page to combine the results of several.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    const found = violations
      .filter(({ impact }) => !onlySerious || impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target}`));
    expect(found, `${width} px, ${colorScheme}`).toEqual([]);
    const scrolled = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(scrolled, `the page's own width at ${width} px`).toBeLessThanOrEqual(width);
  }
}
