import { execFile } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import { request } from "@playwright/test";
import { FIELDS } from "@/lib/chat-api/types";
import { linesOf, parseLine } from "@/lib/subscriptions/whole-set-events";
import { startDesk } from "../desk";
import { seedEmbedded } from "../seeded-database";
import { signIn } from "../sign-in";
import { type Figure, mostInWindow } from "./figure";
import { CHANNELS, SUBSCRIBER } from "./page";
import { forgetCalls, receivedCalls } from "./raw-vendor";
import { type Stage, setVendor } from "./stage";

const SETS = 10;
const MB = 1_000_000;

/** Ten people read all of 10,000 channels at once, from a desk that has done little before. */
export async function tenWholeSets(stage: Stage): Promise<Figure[]> {
  await setVendor(stage, { delayMs: 20 });
  const directory = seedEmbedded();
  const desk = await startDesk([stage.app], stage.vendor, { DATA_DIR: directory });
  try {
    const people: string[] = [];
    for (let person = 0; person < SETS; person += 1) people.push(await cookieOf(desk.url, person));
    for (const cookie of people) await read(desk.url, "follows-201", cookie);
    const resident = await watchResident(directory);
    await forgetCalls(stage);
    const counts = await Promise.all(people.map((cookie) => read(desk.url, SUBSCRIBER, cookie)));
    const { idle, most } = await resident.end();
    if (counts.some((count) => count !== CHANNELS)) throw new Error(`It read ${counts} rows.`);
    const calls = await receivedCalls(stage);
    const arrivals = calls.map(({ at }) => at);
    const what = "ten whole sets of 10,000 at once, from the desk's stream";
    return [
      {
        what: `${what}: memory of its server above idle, the most`,
        unit: "MB",
        value: (most - idle) / MB,
        raw: { what: "idle", value: idle / MB },
        target: { most: 150 },
      },
      {
        what: `${what}: calls in any one second, the most of ${calls.length}`,
        unit: "a second",
        value: mostInWindow(arrivals, 1000),
        target: { most: 200 },
      },
    ];
  } finally {
    await desk.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Half of the people sign in with one account and half with another: one may read six sets at once. */
async function cookieOf(desk: string, person: number): Promise<string> {
  const role = person % 2 === 0 ? "support" : "admin";
  const { cookies } = (await signIn(request, desk, role)) as { cookies: Cookie[] };
  return cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
}

type Cookie = { readonly name: string; readonly value: string };

/** Reads a whole set as a browser does; gives its rows, which must be all. */
async function read(desk: string, subscriber: string, cookie: string): Promise<number> {
  const query = new URLSearchParams({ app: "demo", subscriber, fields: FIELDS.join() });
  const response = await fetch(`${desk}/lookup/stream?${query}`, { headers: { cookie } });
  if (!response.ok || !response.body) throw new Error(`The desk answered ${response.status}.`);
  let rows = 0;
  for await (const text of linesOf(response.body)) {
    const line = parseLine(text);
    if (line.type === "rows") rows += line.subscriptions.length;
    else if (line.outcome !== "complete") throw new Error(`The set is ${line.outcome}.`);
  }
  return rows;
}

const SAMPLE_MS = 50;
const IDLE_SAMPLES = 20;
const KIB = 1024;
const run = promisify(execFile);

type Resident = {
  /** Bytes of the process's memory: the least before the watch began, and the most during it. */
  end(): Promise<{ readonly idle: number; readonly most: number }>;
};

/** Watches the memory of the process that holds the lock of a data directory, as the system counts it. */
async function watchResident(directory: string): Promise<Resident> {
  const process = readFileSync(join(directory, "lock"), "utf8").trim();
  const sample = async () => {
    const { stdout } = await run("ps", ["-o", "rss=", "-p", process]);
    return Number(stdout) * KIB;
  };
  let idle = Number.POSITIVE_INFINITY;
  for (let count = 0; count < IDLE_SAMPLES; count += 1) {
    idle = Math.min(idle, await sample());
    await wait(SAMPLE_MS);
  }
  let most = idle;
  let ended = false;
  const watching = (async () => {
    while (!ended) {
      most = Math.max(most, await sample());
      await wait(SAMPLE_MS);
    }
  })();
  return {
    async end() {
      ended = true;
      await watching;
      return { idle, most };
    },
  };
}
