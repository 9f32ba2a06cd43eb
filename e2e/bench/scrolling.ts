import { type Figure, percentile } from "./figure";
import { CHANNELS, openPage, openWholePage } from "./page";
import type { Stage } from "./stage";

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
      target: { most: 20 },
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

type ScrollReport = {
  /** Milliseconds between two frames. */
  readonly frames: readonly number[];
  /** Tasks of more than 50 ms. */
  readonly longTasks: number;
  /** Frames in which a part of the region showed no row. */
  readonly blankFrames: number;
  /** The last row of the table, as it counts itself. */
  readonly lastRow: string | null;
};

/** Runs in a page: scrolls a table's region to its end, so many pixels a frame, and looks at each frame. */
function scrollThrough(region: HTMLElement, step: number): Promise<ScrollReport> {
  const frames: number[] = [];
  let longTasks = 0;
  let blankFrames = 0;
  let before: number | null = null;
  const observer = new PerformanceObserver((list) => {
    longTasks += list.getEntries().length;
  });
  observer.observe({ type: "longtask" });

  /** Pixels of the region, below the header that stays, that rows cover. */
  const isCovered = () => {
    const { top, bottom } = region.getBoundingClientRect();
    const from = Math.max(top, region.querySelector("th")?.getBoundingClientRect().bottom ?? top);
    const to = Math.min(bottom, innerHeight);
    let covered = 0;
    for (const row of region.querySelectorAll("tbody tr[aria-rowindex]")) {
      const box = row.getBoundingClientRect();
      covered += Math.max(0, Math.min(box.bottom, to) - Math.max(box.top, from));
    }
    // The borders of the region itself.
    return covered >= to - from - 3;
  };

  return new Promise((resolve) => {
    const turn = (now: number) => {
      if (before !== null) frames.push(now - before);
      before = now;
      region.scrollTop += step;
      if (!isCovered()) blankFrames += 1;
      if (region.scrollTop + region.clientHeight < region.scrollHeight - 1) {
        requestAnimationFrame(turn);
        return;
      }
      requestAnimationFrame(() => {
        observer.disconnect();
        const last = [...region.querySelectorAll("tbody tr[aria-rowindex]")].at(-1);
        resolve({
          frames,
          longTasks,
          blankFrames,
          lastRow: last?.getAttribute("aria-rowindex") ?? null,
        });
      });
    };
    requestAnimationFrame(turn);
  });
}
