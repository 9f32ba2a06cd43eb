import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { FIELDS } from "@/lib/chat-api/types";
import { readWholeSet } from "@/lib/chat-api/whole-set";
import { benchClient } from "./client";
import type { MemoryReport } from "./memory";

const SETS = 10;
const CHANNELS = 10_000;
const SAMPLE_MS = 5;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
const client = benchClient(JSON.parse(process.env.BENCH_APP ?? ""), process.env.BENCH_VENDOR ?? "");
let rows = 0;

async function read(subscriberId: string): Promise<void> {
  const request = { subscriberId, fields: FIELDS, priority: "background" } as const;
  for await (const event of readWholeSet(client, request)) {
    if (event.type === "rows") rows += event.subscriptions.length;
  }
}

async function report(): Promise<MemoryReport> {
  // An idle server has read before.
  await read("follows-200");
  collect();
  const idle = process.memoryUsage();
  let resident = 0;
  let heap = 0;
  rows = 0;
  const sampler = setInterval(() => {
    resident = Math.max(resident, process.memoryUsage.rss());
    if (heap > 0 || rows < (SETS * CHANNELS) / 2) return;
    collect();
    heap = process.memoryUsage().heapUsed;
  }, SAMPLE_MS);
  await Promise.all(Array.from({ length: SETS }, () => read("follows-10000")));
  clearInterval(sampler);
  if (rows !== SETS * CHANNELS) throw new Error(`It read ${rows} rows.`);
  return { resident: resident - idle.rss, heap: heap - idle.heapUsed };
}

report().then((figures) => console.log(JSON.stringify(figures)));
