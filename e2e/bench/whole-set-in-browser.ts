import { type Figure, median, percentile } from "./figure";
import { CHANNELS, openPage, SUBSCRIBER } from "./page";
import { atOffsets, rawVendor } from "./raw-vendor";
import { type Stage, setVendor } from "./stage";

const ROUNDS = 7;
const DELAY_MS = 150;

/** From navigation to all 10,000 rows in the table, for a browser that has nothing in its cache. */
export async function wholeSetInBrowser(stage: Stage): Promise<Figure[]> {
  await setVendor(stage, { delayMs: DELAY_MS });
  const call = rawVendor(stage);
  const first: number[] = [];
  const all: number[] = [];
  const one: number[] = [];
  const ten: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    one.push(await timed(() => call({ Subscriber_Account: SUBSCRIBER, Limit: 200, Offset: 0 })));
    ten.push(await timed(() => atOffsets(call, SUBSCRIBER, CHANNELS, 10)));
    const times = await timeToRows(stage);
    first.push(times.first);
    all.push(times.all);
  }
  const what = `whole set of 10,000 in a cold browser, ${DELAY_MS} ms a call: navigation to`;
  return [
    {
      what: `${what} the first rows painted`,
      unit: "ms",
      value: median(first),
      p95: percentile(first, 0.95),
      raw: { what: "one raw call", value: median(one) },
      target: { most: 600 },
    },
    {
      what: `${what} all rows usable`,
      unit: "ms",
      value: median(all),
      p95: percentile(all, 0.95),
      raw: { what: "ten raw calls in parallel", value: median(ten) },
      target: { most: 1400 },
    },
  ];
}

async function timeToRows(stage: Stage): Promise<{ first: number; all: number }> {
  const page = await openPage(stage);
  await page.addInitScript(
    `window.painted = Promise.all([rowsPainted(1, 20), wholeSetPainted(${CHANNELS})])`,
  );
  await page.goto(`${stage.desk}/lookup?subscriber=${SUBSCRIBER}&whole=1`);
  const [first, all] = await page.evaluate<[number, number]>("window.painted");
  await page.context().close();
  return { first, all };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
