import { serveBarePage } from "./bare-page";
import type { Figure } from "./figure";
import { openPage } from "./open-page";
import { type Stage, setVendor } from "./stage";
import { median, percentile } from "./statistics";

const ROUNDS = 12;
const DELAY_MS = 30;

/** From navigation to 50 rows painted, for somebody signed in whose browser has nothing in its cache. */
export async function deepLink(stage: Stage): Promise<Figure[]> {
  await setVendor(stage, { delayMs: DELAY_MS });
  const bare = await serveBarePage(stage);
  const desk = `${stage.desk}/lookup?subscriber=follows-10000&offset=5000`;
  const times: number[] = [];
  const bareTimes: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    bareTimes.push(await timeToRows(stage, bare.url));
    times.push(await timeToRows(stage, desk));
  }
  bare.close();
  return [
    {
      what: `deep link, cold: navigation to 50 rows painted, ${DELAY_MS} ms a call`,
      unit: "ms",
      value: median(times),
      p95: percentile(times, 0.95),
      raw: { what: "a bare table of the same rows, no script, no style", value: median(bareTimes) },
      target: { most: 500 },
    },
  ];
}

async function timeToRows(stage: Stage, url: string): Promise<number> {
  const page = await openPage(stage);
  await page.addInitScript("window.painted = rowsPainted(5001, 50)");
  await page.goto(url);
  const time = await page.evaluate<number>("window.painted");
  await page.context().close();
  return time;
}
