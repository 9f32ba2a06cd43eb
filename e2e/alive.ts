import { expect, type Locator } from "@playwright/test";

/**
 * Waits until React has taken over an element and its effects have run. Before, a click does only what the
 * browser does by itself, and no shortcut works.
 */
export async function untilAlive(element: Locator): Promise<void> {
  // The check fails too when the page is left meanwhile.
  await expect(async () => expect(await element.evaluate(isAlive)).toBe(true)).toPass({
    intervals: [50],
    timeout: 20_000,
  });
}

async function isAlive(element: Element): Promise<boolean> {
  const ofReact = (node: Node, start: string) => {
    const name = Object.keys(node).find((key) => key.startsWith(start));
    return name === undefined ? null : Reflect.get(node, name);
  };
  // An element gets its properties while React still renders, before the page is committed.
  const root = ofReact(document, "__reactContainer")?.stateNode.current.memoizedState;
  if (root?.isDehydrated !== false || !ofReact(element, "__reactProps")) return false;
  // A busy machine may leave no idle time for many seconds.
  await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 1000 }));
  return true;
}
