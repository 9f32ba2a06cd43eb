import type { Page } from "@playwright/test";
import { type Figure, median, percentile } from "./figure";
import { openPage, rowsPainted } from "./page";
import { rawVendor } from "./raw-vendor";
import { type Stage, setVendor } from "./stage";

const ROUNDS = 30;
const SIZE = 50;
const DELAY_MS = 30;

/** From the click on "Next page" to its rows painted, pages that were not read before. */
export async function nextPage(stage: Stage): Promise<Figure[]> {
  await setVendor(stage, { delayMs: DELAY_MS });
  const call = rawVendor(stage);
  const page = await openPage(stage);
  await page.goto(`${stage.desk}/lookup?subscriber=follows-10000`, { waitUntil: "networkidle" });
  const times: number[] = [];
  const rawTimes: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const started = performance.now();
    await call({ Subscriber_Account: "follows-10000", Offset: round * SIZE, Limit: SIZE });
    rawTimes.push(performance.now() - started);
    times.push(await timeNext(page, round * SIZE + 1));
  }
  await page.context().close();
  return [
    {
      what: `Next page: click to rows painted, ${DELAY_MS} ms a call`,
      unit: "ms",
      value: median(times),
      p95: percentile(times, 0.95),
      raw: { what: "the raw call", value: median(rawTimes) },
      target: { most: 100 },
    },
  ];
}

/** Measured inside the page, so that talking to the browser costs nothing. */
function timeNext(page: Page, firstRow: number): Promise<number> {
  return page.evaluate(
    async ([firstRow, rowCount]) => {
      const painted = rowsPainted(firstRow, rowCount);
      const started = performance.now();
      document.querySelector<HTMLElement>("button[aria-label='Next page']")?.click();
      return (await painted) - started;
    },
    [firstRow, SIZE] as const,
  );
}
