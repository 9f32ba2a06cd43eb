import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Figure, median, percentile } from "./figure";
import { openPage } from "./page";
import { rawVendor } from "./raw-vendor";
import { type Stage, setVendor } from "./stage";

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

/** The least that could answer a deep link: one raw call, and its rows as a table without anything else. */
async function serveBarePage(stage: Stage): Promise<{ url: string; close: () => void }> {
  const call = rawVendor(stage);
  const server = createServer(async (_, response) => {
    const page = await call({ Subscriber_Account: "follows-10000", Offset: 5000, Limit: 50 });
    const rows = page.OfficialAccountInfoList.map(
      (channel, index) =>
        `<tr aria-rowindex=${5002 + index}>${Object.values(channel)
          .map((value) => `<td>${value}</td>`)
          .join("")}</tr>`,
    );
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(`<main><table aria-busy=false><tbody>${rows.join("")}</table></main>`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on a port always has an address of this shape.
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
