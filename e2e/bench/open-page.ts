import type { Page } from "@playwright/test";
import { IN_PAGE } from "./in-page";
import type { Stage } from "./stage";

/** A page of a browser that has nothing in its cache; it has what measures in it. */
export async function openPage({ browser, session }: Stage): Promise<Page> {
  const viewport = { width: 1440, height: 900 };
  const context = await browser.newContext({ storageState: session, viewport });
  const page = await context.newPage();
  await page.addInitScript(IN_PAGE);
  return page;
}
