import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { readHistory } from "@/lib/channels/history/history";
import type { Database } from "@/lib/db/database";
import { openDatabase } from "@/lib/db/open-database";
import { Secret } from "@/lib/secret";
import { startPostgres } from "@/lib/testing/postgres";
import { createDatabase } from "@/lib/testing/test-databases";
import { CHOICES, DIRECTORY_PAGES, OVERVIEW, type Reading } from "./directory-pages";
import { type Figure, median, percentile } from "./figure";
import { seedBusyChannel, seedDirectory } from "./seed-directory";

const ROUNDS = 5;
const NANOSECONDS = 1e6;
const DAY_MS = 86_400_000;

/** What the server does for the pages about known channels, the database within it. */
export async function directoryEmbedded(): Promise<Figure[]> {
  const directory = mkdtempSync(join(tmpdir(), "bench-directory-"));
  const { db, close } = await openDatabase({ kind: "embedded", directory });
  try {
    await seedDirectory(db, 10);
    const busy = await seedBusyChannel(db);
    const delay = monitorEventLoopDelay({ resolution: 1 });
    const figures = await measureAll(db, busy, {
      where: "100,000 channels, 1,000,000 snapshots (embedded)",
      most: 200,
      onWarm: () => void delay.enable(),
    });
    delay.disable();
    return [
      ...figures,
      {
        what: "longest stall of the event loop while these pages are read (embedded)",
        unit: "ms",
        value: delay.max / NANOSECONDS,
        target: { most: 20 },
      },
    ];
  } finally {
    await close();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The same before a server. */
export async function directoryPostgres(): Promise<Figure[]> {
  const server = await startPostgres();
  try {
    const url = new Secret(await createDatabase(server.url));
    const { db, close } = await openDatabase({ kind: "postgres", url });
    try {
      await seedDirectory(db, 100);
      const where = "100,000 channels, 10,000,000 snapshots (PostgreSQL)";
      return await measureAll(db, await seedBusyChannel(db), { where, most: 100 });
    } finally {
      await close();
    }
  } finally {
    await server.stop();
  }
}

type Told = { readonly where: string; readonly most: number; onWarm?(): void };

async function measureAll(db: Database, busy: number, { where, most, onWarm }: Told) {
  // The first reading of all waits for the disk and the compiler.
  for (const { read } of DIRECTORY_PAGES.slice(0, 3)) await read(db, new Date());
  onWarm?.();
  const pages = await timeEach(db, DIRECTORY_PAGES);
  const slowest = pages.reduce((a, b) => (b.time > a.time ? b : a));
  const times = pages.map(({ time }) => time);
  const [overview] = await timeEach(db, [OVERVIEW]);
  const [choices] = (await timeEach(db, CHOICES)).sort((a, b) => b.time - a.time);
  const chart = { name: "chart", read: (_: Database, now: Date) => readChart(db, busy, now) };
  const [history] = await timeEach(db, [chart]);
  const told = (what: string, value: number, rest?: Partial<Figure>): Figure => {
    return { what: `${what}, server time, ${where}`, unit: "ms", value, ...rest };
  };
  return [
    told(`page of /channels: ${pages.length} different ones`, median(times), {
      p95: percentile(times, 0.95),
      target: { most },
    }),
    told(`page of /channels: the slowest, "${slowest.name}"`, slowest.time, { target: { most } }),
    told(`page of /overview`, overview?.time ?? Number.NaN),
    told(`choices of a filter: the slowest`, choices?.time ?? Number.NaN),
    told(`chart of one channel, 60 days of 5,760 readings`, history?.time ?? Number.NaN),
  ];
}

async function readChart(db: Database, key: number, now: Date): Promise<void> {
  const { points } = await readHistory(db, key, {
    from: new Date(now.getTime() - 60 * DAY_MS),
    to: now,
  });
  if (points.length < 5000) throw new Error(`The chart has ${points.length} readings.`);
}

/** The median of each. */
async function timeEach(db: Database, readings: readonly Reading[]) {
  const timed: { readonly name: string; readonly time: number }[] = [];
  for (const { name, read } of readings) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const started = performance.now();
      await read(db, new Date());
      times.push(performance.now() - started);
    }
    timed.push({ name, time: median(times) });
  }
  return timed;
}
