import { expect, type Page } from "@playwright/test";

/**
 * Does what a browser does that translates the page: each text is moved into elements of its own, now and
 * whenever there is new text.
 */
export async function translate(page: Page): Promise<void> {
  // Text that changes before React has taken over its element is no longer what the server sent. Charts are not
  // React's.
  const waiting = () =>
    page
      .getByRole("main")
      .locator("*:not(.uplot, .uplot *)")
      .evaluateAll((nodes) => {
        const isAlive = (node: Element) =>
          Object.keys(node).some((name) => name.startsWith("__reactProps"));
        return nodes.filter((node) => !isAlive(node)).map((node) => node.outerHTML.slice(0, 80));
      });
  await expect.poll(waiting).toEqual([]);
  await page.evaluate(() => {
    const SKIPPED = "font, script, style, textarea, option, title, noscript";
    const wrap = (root: Node) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const texts: Text[] = [];
      while (walker.nextNode()) texts.push(walker.currentNode as Text);
      for (const text of texts) {
        if (text.data.trim() === "" || text.parentElement?.closest(SKIPPED)) continue;
        const outer = document.createElement("font");
        const inner = document.createElement("font");
        text.replaceWith(outer);
        outer.append(inner);
        inner.append(text);
      }
    };
    wrap(document.body);
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) {
        for (const node of addedNodes) if (node.isConnected) wrap(node.parentNode ?? node);
      }
    }).observe(document.body, { childList: true, subtree: true });
  });
  expect(await page.locator("font").count()).toBeGreaterThan(20);
}
