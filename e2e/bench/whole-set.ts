import type { ChatClient } from "@/lib/chat-api/client";
import { FIELDS } from "@/lib/chat-api/types";
import { readWholeSet } from "@/lib/chat-api/whole-set";
import { type Figure, median } from "./figure";
import { atOffsets, benchClient, followNext, rawVendor } from "./raw-vendor";
import { type Stage, setVendor } from "./stage";

const ROUNDS = 5;
const DELAY_MS = 150;
const SUBSCRIBER = "follows-10000";
const CHANNELS = 10_000;

/** 10,000 channels by the iterator alone, taking turns with plain scripts that read them too. */
export async function wholeSet(stage: Stage): Promise<Figure[]> {
  await setVendor(stage, { delayMs: DELAY_MS });
  const client = benchClient(stage.app, stage.vendor);
  const call = rawVendor(stage);
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push({
      ...(await readAll(client)),
      following: await timed(() => followNext(call, SUBSCRIBER)),
      ten: await timed(() => atOffsets(call, SUBSCRIBER, CHANNELS, 10)),
      atOnce: await timed(() => atOffsets(call, SUBSCRIBER, CHANNELS, CHANNELS / 200)),
    });
  }
  const middle = (name: keyof Round) => median(rounds.map((round) => round[name]));
  const what = `whole set of 10,000, the iterator alone, ${DELAY_MS} ms a call`;
  const all = { what: `${what}: to the end`, unit: "ms", value: middle("all") } as const;
  return [
    {
      what: `${what}: to the first rows`,
      unit: "ms",
      value: middle("first"),
      target: { most: 600 },
    },
    { ...all, raw: { what: "following Next", value: middle("following") } },
    { ...all, raw: { what: "ten in parallel", value: middle("ten") }, target: { most: 1400 } },
    { ...all, raw: { what: "all at once", value: middle("atOnce") } },
  ];
}

type Round = Readonly<Record<"first" | "all" | "following" | "ten" | "atOnce", number>>;

async function readAll(client: ChatClient): Promise<{ first: number; all: number }> {
  const request = { subscriberId: SUBSCRIBER, fields: FIELDS, priority: "interactive" } as const;
  const started = performance.now();
  let first = 0;
  let read = 0;
  for await (const event of readWholeSet(client, request)) {
    first ||= performance.now() - started;
    read = event.progress.read;
  }
  if (read !== CHANNELS) throw new Error(`The iterator read ${read} channels.`);
  return { first, all: performance.now() - started };
}

async function timed(work: () => Promise<number>): Promise<number> {
  const started = performance.now();
  const read = await work();
  if (read !== CHANNELS) throw new Error(`A script read ${read} channels.`);
  return performance.now() - started;
}
