import type { Page } from "@playwright/test";
import type { Figure } from "./figure";
import { rawVendor } from "./raw-vendor";
import { rowsPainted } from "./rows-painted";
import { type Stage, setVendor } from "./stage";
import { median, percentile } from "./statistics";

const ROUNDS = 30;
const SIZE = 50;
const DELAY_MS = 30;

/** From the click on "Next page" to its rows painted, pages that were not read before. */
export async function nextPage(stage: Stage): Promise<Figure[]> {
  await setVendor(stage, { delayMs: DELAY_MS });
  const call = rawVendor(stage);
  const context = await stage.browser.newContext({ storageState: stage.session });
  const page = await context.newPage();
  await page.addInitScript(`window.rowsPainted = ${rowsPainted}`);
  await page.goto(`${stage.desk}/lookup?subscriber=follows-10000`, { waitUntil: "networkidle" });
  const times: number[] = [];
  const rawTimes: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    const started = performance.now();
    await call({ Subscriber_Account: "follows-10000", Offset: round * SIZE, Limit: SIZE });
    rawTimes.push(performance.now() - started);
    times.push(await timeNext(page, round * SIZE + 1));
  }
  await context.close();
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
  return page.evaluate<number>(`(async () => {
    const painted = window.rowsPainted(${firstRow}, ${SIZE});
    const started = performance.now();
    document.querySelector('button[aria-label="Next page"]').click();
    return (await painted) - started;
  })()`);
}
