import { setTimeout as wait } from "node:timers/promises";
import type { ChatClient } from "@/lib/chat-api/client";
import { getSubscriptionPage } from "@/lib/chat-api/official-accounts";
import { type Figure, median, mostInWindow } from "./figure";
import { benchClient, forgetCalls, receivedCalls } from "./raw-vendor";
import { type Stage, setVendor } from "./stage";

const DURATION_MS = 10_000;
const BACKGROUND_READERS = 64;
const PEOPLE = 4;
/** A person reads a little before the next question. */
const THINKING_MS = 150;

/** More work than the budget allows, with people in between; counted where the calls arrive. */
export async function callsASecond(stage: Stage): Promise<Figure[]> {
  await setVendor(stage, { delayMs: 20 });
  const client = benchClient(stage.app, stage.vendor);
  // What the rows before used is out of the emulator's window then.
  await wait(1000);
  await forgetCalls(stage);
  const waits = await saturate(client);
  const calls = await receivedCalls(stage);
  const arrivals = calls.map(({ at }) => at);
  const seconds = ((arrivals.at(-1) ?? 0) - (arrivals[0] ?? 0)) / 1000;
  const refused = calls.filter(({ errorCode }) => errorCode !== 0).length;
  return [
    {
      what: "calls in any one second: the most that arrived",
      unit: "a second",
      value: mostInWindow(arrivals, 1000),
      target: { most: 200 },
    },
    {
      what: `the same, on average over ${seconds.toFixed(0)} s of saturation`,
      unit: "a second",
      value: (arrivals.length - 1) / seconds,
      target: { least: 190 },
    },
    { what: "the same, refused by the vendor", unit: "calls", value: refused, target: { most: 0 } },
    {
      what: `a waiting person's call meanwhile, 20 ms of it the vendor's: longest of ${waits.length}`,
      unit: "ms",
      value: Math.max(...waits),
      raw: { what: "the median one", value: median(waits) },
    },
  ];
}

/** Gives the milliseconds of each call that a person waited for. */
async function saturate(client: ChatClient): Promise<number[]> {
  const end = performance.now() + DURATION_MS;
  const waits: number[] = [];
  const request = { subscriberId: "user-1", offset: 0, limit: 20 };
  const background = async () => {
    while (performance.now() < end) {
      await getSubscriptionPage(client, request, { priority: "background" });
    }
  };
  const person = async () => {
    while (performance.now() < end) {
      await wait(THINKING_MS);
      const started = performance.now();
      await getSubscriptionPage(client, request, { priority: "interactive" });
      waits.push(performance.now() - started);
    }
  };
  await Promise.all([
    ...Array.from({ length: BACKGROUND_READERS }, background),
    ...Array.from({ length: PEOPLE }, person),
  ]);
  return waits;
}
