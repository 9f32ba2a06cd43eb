import type { Page } from "@playwright/test";
import { openPage } from "./open-page";
import { type Stage, setVendor } from "./stage";

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
