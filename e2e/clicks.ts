import type { Page } from "@playwright/test";

/**
 * Counts the clicks of a pointer from now on, in all documents of the page.
 *
 * @returns a function that returns their number
 */
export async function countClicks(page: Page): Promise<() => number> {
  let clicks = 0;
  await page.exposeFunction("clicked", () => {
    clicks += 1;
  });
  const listen = () => {
    // A key on a button makes a click too, without a detail.
    const note = ({ detail }: MouseEvent) => detail > 0 && Reflect.get(window, "clicked")();
    addEventListener("click", note, { capture: true });
  };
  await page.addInitScript(listen);
  await page.evaluate(listen);
  return () => clicks;
}
