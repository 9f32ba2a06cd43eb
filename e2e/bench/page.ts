import type { Page } from "@playwright/test";
import { type Stage, setVendor } from "./stage";

/**
 * Fulfils, with the page's clock in milliseconds since the navigation began, once this holds and a
 * frame with it has been drawn. It must be called before it does.
 */
export function untilPainted(holds: () => boolean): Promise<number> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`This never held: ${holds}`)), 20_000);
    new MutationObserver((_, observer) => {
      if (!holds()) return;
      observer.disconnect();
      clearTimeout(late);
      requestAnimationFrame(() => {
        // What is sent before a frame is drawn is heard after it.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        port2.postMessage(null);
      });
    }).observe(document, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
  });
}

/** Milliseconds from the next input of this type, by the browser's own time of it, until this is painted. */
export function fromInput(type: "click" | "keydown", holds: () => boolean): Promise<number> {
  return new Promise((resolve, reject) => {
    const heard = ({ timeStamp }: Event) => {
      untilPainted(holds).then((painted) => resolve(painted - timeStamp), reject);
    };
    addEventListener(type, heard, { capture: true, once: true });
  });
}

/** The table shows so many rows of the list from this one on, counted from 1. */
export function rowsPainted(firstRow: number, rowCount: number): Promise<number> {
  return untilPainted(() => {
    const rows = document.querySelectorAll("main table[aria-busy=false] tbody tr");
    const first = rows[0]?.getAttribute("aria-rowindex");
    return first === String(firstRow + 1) && rows.length >= rowCount;
  });
}

/** The list is said to be complete, and all of it is in the table. */
export function wholeSetPainted(total: number): Promise<number> {
  return untilPainted(() => {
    const table = document.querySelector("main table[aria-busy=false]");
    if (table?.getAttribute("aria-rowcount") !== String(total + 1)) return false;
    const words = [...document.querySelectorAll("main [role=status] *")];
    return words.some(({ textContent }) => textContent === "complete");
  });
}

const functions = { untilPainted, fromInput, rowsPainted, wholeSetPainted };

/**
 * Gives a page the functions of this file, under the names by which they, and what is evaluated in
 * the page, call them. The compiler wraps each named function with one that no page has.
 */
export const IN_PAGE = `Object.assign(window, { __name: (named) => named, ${Object.entries(
  functions,
).map(([name, source]) => `${name}: ${source}`)} })`;

/** A page of a browser that has nothing in its cache; it has what measures in it. */
export async function openPage({ browser, session }: Stage): Promise<Page> {
  const viewport = { width: 1440, height: 900 };
  const context = await browser.newContext({ storageState: session, viewport });
  const page = await context.newPage();
  await page.addInitScript(IN_PAGE);
  return page;
}

export const CHANNELS = 10_000;
export const SUBSCRIBER = `follows-${CHANNELS}`;

/** A page with all channels of the longest list, in which nothing is going on any more. */
export async function openWholePage(stage: Stage): Promise<Page> {
  await setVendor(stage, { delayMs: 0 });
  const page = await openPage(stage);
  const loaded = page.waitForLoadState("networkidle");
  await page.goto(`${stage.desk}/lookup?subscriber=${SUBSCRIBER}&whole=1`);
  await page.getByRole("main").getByText("complete", { exact: true }).waitFor();
  await page.locator(`main table[aria-rowcount="${CHANNELS + 1}"]`).waitFor();
  await loaded;
  return page;
}
