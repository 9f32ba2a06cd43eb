import { expect, type Locator } from "@playwright/test";

/** Waits until React has taken over an element; before, the browser answers for it by itself. */
export async function untilAlive(element: Locator): Promise<void> {
  const isAlive = (node: Element) =>
    Object.keys(node).some((name) => name.startsWith("__reactProps"));
  await expect.poll(() => element.evaluate(isAlive), { intervals: [50] }).toBe(true);
}
