import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect } from "./fixtures";

/** What looks for findings. The dark theme differs in nothing but its colours. */
export function axe(page: Page, colorScheme: "light" | "dark"): AxeBuilder {
  // No page of ours has a frame: there is nothing to be put together, in a further page, from several.
  const builder = new AxeBuilder({ page }).setLegacyMode();
  return colorScheme === "light" ? builder : builder.withRules(["color-contrast"]);
}

/** Expects no finding at all, and no page wider than the window, in either theme, narrow and wide. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const width of [360, 1440]) {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const { violations } = await axe(page, colorScheme).analyze();
      const found = violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target }) => `${id} ${target}`),
      );
      expect(found, `${width} px, ${colorScheme}`).toEqual([]);
      const scrolled = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(scrolled, `the page's own width at ${width} px`).toBeLessThanOrEqual(width);
    }
  }
}
