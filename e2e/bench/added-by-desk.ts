import { setTimeout as wait } from "node:timers/promises";
import type { Request } from "@playwright/test";
import { Agent, fetch } from "undici";
import { type Figure, median, percentile } from "./figure";
import { rawVendor, receivedCalls } from "./raw-vendor";
import { type Stage, setVendor } from "./stage";

const WARM_UP = 100;
const ROUNDS = 300;
/** Keeps the rate below the budget, which would otherwise be what is measured. */
const PAUSE_MS = 5;
const UNLIMITED = 100_000;

type Call = () => Promise<void>;

/** What the desk adds to the vendor's own time: its action and its page, each against the raw call. */
export async function addedByDesk(stage: Stage): Promise<Figure[]> {
  await setVendor(stage, { delayMs: 0, callsPerSecond: UNLIMITED });
  const { action, page, body } = await record(stage);
  const vendor = rawVendor(stage);
  const raw = async () => void (await vendor(body));
  const figures = [
    await compare("one page looked up by the server action: added to the raw call", action, raw, 5),
    await compare("the same page as a whole HTML document: added to the raw call", page, raw),
  ];
  await setVendor(stage, { callsPerSecond: 200 });
  return figures;
}

/** Takes turns, so that whatever else the machine does falls on both alike. */
async function compare(what: string, desk: Call, raw: Call, most?: number): Promise<Figure> {
  const added: number[] = [];
  const alone: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    const rawTime = await timed(raw);
    const deskTime = await timed(desk);
    await wait(PAUSE_MS);
    if (round < WARM_UP) continue;
    alone.push(rawTime);
    added.push(deskTime - rawTime);
  }
  return {
    what,
    unit: "ms",
    value: median(added),
    p95: percentile(added, 0.95),
    raw: { what: "the raw call", value: median(alone) },
    ...(most !== undefined && { target: { most } }),
  };
}

async function timed(call: Call): Promise<number> {
  const started = performance.now();
  await call();
  return performance.now() - started;
}

/** The action as a browser calls it for the second page of a list, ready to be called again. */
async function record(stage: Stage) {
  const { browser, desk, session } = stage;
  const context = await browser.newContext({ storageState: session });
  const page = await context.newPage();
  const address = `${desk}/lookup?subscriber=follows-10000`;
  await page.goto(address, { waitUntil: "networkidle" });
  const asked = page.waitForRequest((request) => request.method() === "POST");
  await page.getByRole("button", { name: "Next page" }).click();
  const request = await asked;
  await page.getByText("51–100 of 10,000").waitFor();
  const seen = (await receivedCalls(stage)).at(-1);
  if (!seen) throw new Error("The action made no call.");
  const replayed = await replay(request);
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  await context.close();
  const dispatcher = new Agent({ keepAliveTimeout: 60_000 });
  const send = async (url: string, init: Parameters<typeof fetch>[1]) => {
    const response = await fetch(url, { ...init, dispatcher });
    const text = await response.text();
    if (!text.includes("@TOA#_")) throw new Error(`The desk answered ${response.status}.`);
  };
  return {
    body: seen.body,
    action: () => send(replayed.url, replayed.init),
    page: () => send(`${address}&offset=50`, { headers: { cookie, accept: "text/html" } }),
  };
}

async function replay(request: Request) {
  const headers = await request.allHeaders();
  // Those that the next connection makes anew.
  const own = Object.entries(headers).filter(
    ([name]) => !/^(:|host|connection|content-length)/.test(name),
  );
  const body = request.postData() ?? "";
  return { url: request.url(), init: { method: "POST", headers: Object.fromEntries(own), body } };
}
