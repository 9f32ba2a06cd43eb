import { setTimeout as wait } from "node:timers/promises";
import { Agent, fetch } from "undici";
import { type Figure, median, percentile } from "./figure";
import { type Stage, setVendor } from "./stage";

const DURATION_MS = 10_000;
const WARM_UP = 50;
const PEOPLE = 16;
const DELAY_MS = 30;
/** Often enough to meet every longer stall of the server. */
const HEALTH_MS = 10;

/**
 * Whole documents of a lookup with 50 rows, asked for by many at once with a real session. The load and the
 * vendor share the machine with the desk, so that a desk of its own serves more.
 */
export async function pagesASecond({ desk, session, ...stage }: Stage): Promise<Figure[]> {
  await setVendor({ desk, session, ...stage }, { delayMs: DELAY_MS, callsPerSecond: 100_000 });
  const cookie = session.cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
  const dispatcher = new Agent({ keepAliveTimeout: 60_000, connections: PEOPLE + 1 });
  let asked = 0;
  let withoutRows = 0;
  const ask = async () => {
    asked += 1;
    const started = performance.now();
    const url = `${desk}/lookup?subscriber=follows-10000&offset=${(asked % 190) * 50}`;
    const response = await fetch(url, { headers: { cookie, accept: "text/html" }, dispatcher });
    const html = await response.text();
    const rows = html.split("<tr data-index").length - 1;
    if (response.status !== 200) throw new Error(`The desk answered ${response.status}.`);
    // An overloaded desk leaves the rows to the browser.
    if (rows !== 50) withoutRows += 1;
    return performance.now() - started;
  };
  const health = async () => {
    const started = performance.now();
    await (await fetch(`${desk}/api/health`, { dispatcher })).text();
    return performance.now() - started;
  };
  const idle: number[] = [];
  for (let round = 0; round < WARM_UP * 2; round += 1) idle.push(await ask());

  const began = performance.now();
  const until = began + DURATION_MS;
  const times: number[] = [];
  const answers: number[] = [];
  const person = async () => {
    while (performance.now() < until) times.push(await ask());
  };
  const watcher = async () => {
    while (performance.now() < until) {
      answers.push(await health());
      await wait(HEALTH_MS);
    }
  };
  await Promise.all([watcher(), ...Array.from({ length: PEOPLE }, person)]);
  const seconds = (performance.now() - began) / 1000;
  await dispatcher.close();
  await setVendor({ desk, session, ...stage }, { callsPerSecond: 200 });
  const what = `documents of a lookup, ${DELAY_MS} ms a call, embedded database`;
  const alone = idle.slice(WARM_UP);
  return [
    {
      what: `${what}: one person at a time`,
      ...{ unit: "ms", value: median(alone), p95: percentile(alone, 0.95), target: { most: 50 } },
    },
    {
      what: `${what}: ${PEOPLE} people at once`,
      ...{ unit: "a second", value: times.length / seconds, target: { least: 60 } },
    },
    {
      what: `${what}: the same, each`,
      ...{ unit: "ms", value: median(times), p95: percentile(times, 0.95) },
    },
    {
      what: `${what}: the same, without their rows`,
      ...{ unit: "requests", value: withoutRows, target: { most: 0 } },
    },
    {
      what: `${what}: the health check meanwhile`,
      ...{ unit: "ms", value: median(answers), p95: percentile(answers, 0.95) },
    },
  ];
}
