import type { Figure } from "./figure";
import { openPage } from "./open-page";
import { type ScrollReport, scrollThrough } from "./scroll-through";
import type { Stage } from "./stage";
import { percentile } from "./statistics";
import { CHANNELS, openWholePage } from "./whole-page";

const STEP_PX = 400;

/** All 10,000 rows, from the first to the last, 400 pixels a frame. */
export async function scrolling(stage: Stage): Promise<Figure[]> {
  const page = await openWholePage(stage);
  const region = page.getByRole("main").getByRole("table").locator("xpath=..");
  const { frames, longTasks, blankFrames, lastRow } = await region.evaluate(scrollThrough, STEP_PX);
  await page.context().close();
  if (lastRow !== String(CHANNELS + 1)) throw new Error(`The last row seen was ${lastRow}.`);
  const still = await scrollNothing(stage);
  const what = `scrolling 10,000 rows, ${STEP_PX} px a frame`;
  return [
    {
      what: `${what}: 95th percentile of ${frames.length} frames`,
      unit: "ms",
      value: percentile(frames, 0.95),
      raw: { what: "a region without rows", value: percentile(still.frames, 0.95) },
      target: { most: 33 },
    },
    { what: `${what}: long tasks`, unit: "tasks", value: longTasks, target: { most: 0 } },
    { what: `${what}: blank frames`, unit: "frames", value: blankFrames, target: { most: 0 } },
  ];
}

/** What this browser makes of the same steps over nothing at all. */
async function scrollNothing(stage: Stage): Promise<ScrollReport> {
  const page = await openPage(stage);
  // A page that is not navigated to does not get what measures in it.
  await page.goto("data:text/html,<div style=height:600px;overflow:auto><p style=height:200000px>");
  const report = await page.locator("div").evaluate(scrollThrough, STEP_PX);
  await page.context().close();
  return report;
}
