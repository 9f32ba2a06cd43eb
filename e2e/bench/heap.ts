import type { Page } from "@playwright/test";
import { type Figure, median } from "./figure";
import { openPage, openWholePage } from "./page";
import type { Stage } from "./stage";

const PAGES = 3;
const MIB = 1024 * 1024;

/** What a page with 10,000 rows holds once all that it does not need has been collected. */
export async function heap(stage: Stage): Promise<Figure[]> {
  const whole: number[] = [];
  const empty: number[] = [];
  for (let round = 0; round < PAGES; round += 1) {
    const page = await openPage(stage);
    await page.goto(`${stage.desk}/lookup`, { waitUntil: "networkidle" });
    empty.push(await heapOf(page));
    whole.push(await heapOf(await openWholePage(stage)));
  }
  return [
    {
      what: "heap of the page with 10,000 rows, collected",
      unit: "MiB",
      value: median(whole) / MIB,
      raw: { what: "the page before anything is asked", value: median(empty) / MIB },
      target: { most: 18 },
    },
  ];
}

/** Bytes in use; the page is closed then. */
async function heapOf(page: Page): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("HeapProfiler.collectGarbage");
  const { usedSize } = await devtools.send("Runtime.getHeapUsage");
  await page.context().close();
  return usedSize;
}
