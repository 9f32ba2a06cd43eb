/**
 * Runs in a page: fulfils, with the page's clock in milliseconds since the navigation began, once the
 * table shows this many rows from this one on, and a frame with them has been drawn. It must be called
 * before they come. Other functions of this file are out of its reach.
 */
export function rowsPainted(firstRow: number, rowCount: number): Promise<number> {
  return new Promise((resolve) => {
    new MutationObserver((_, observer) => {
      // The server sends rows hidden before it shows them in their place.
      const table = document.querySelector("main table[aria-busy=false]");
      const first = table?.querySelector("tbody tr")?.getAttribute("aria-rowindex");
      if (first !== String(firstRow + 1)) return;
      if ((table?.querySelectorAll("tbody tr").length ?? 0) < rowCount) return;
      observer.disconnect();
      // The first frame after the change is drawn when the second one begins.
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now())));
    }).observe(document, { subtree: true, childList: true, attributes: true });
  });
}
