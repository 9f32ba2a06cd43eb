import type { Page } from "@playwright/test";
import { untilAlive } from "./alive";
import { expect, test } from "./fixtures";
import { LookupPage } from "./lookup-page";

/** How bright the page is, from 0 for black to 1 for white. */
function brightness(page: Page): Promise<number> {
  return page.evaluate(() => {
    const canvas = document.createElement("canvas").getContext("2d");
    if (!canvas) return Number.NaN;
    canvas.fillStyle = getComputedStyle(document.body).backgroundColor;
    canvas.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
    return (red + green + blue) / (3 * 255);
  });
}

test("the theme follows the system until one is chosen, which stays", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await new LookupPage(page).open();
  await expect.poll(() => brightness(page)).toBeGreaterThan(0.8);
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(() => brightness(page)).toBeLessThan(0.3);

  await page.getByRole("combobox", { name: "Theme" }).selectOption({ label: "Light" });
  await expect.poll(() => brightness(page)).toBeGreaterThan(0.8);
  await page.reload();
  await untilAlive(page.getByRole("combobox", { name: "Theme" }));
  await expect.poll(() => brightness(page)).toBeGreaterThan(0.8);
  await page.emulateMedia({ colorScheme: "light" });
  await page.getByRole("combobox", { name: "Theme" }).selectOption({ label: "Dark" });
  await expect.poll(() => brightness(page)).toBeLessThan(0.3);
});
