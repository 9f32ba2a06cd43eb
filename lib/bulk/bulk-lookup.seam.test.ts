import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { Budget } from "@/lib/chat-api/budget";
import { ChatClient } from "@/lib/chat-api/client";
import { ChatApiError } from "@/lib/chat-api/errors";
import { FIELDS } from "@/lib/chat-api/types";
import { readWholeSet } from "@/lib/chat-api/whole-set";
import { DEFAULT_SETTINGS } from "@/lib/chat-emulator/api";
import { type Emulator, startEmulator } from "@/lib/chat-emulator/server";
import { type BulkEvent, bulkLookup, readSubscriber } from "./bulk-lookup";

type Answer = string | { readonly failed: string };

const IDS = Array.from({ length: 30 }, (_, index) => `user-${index}`);

/** A reader whose answers come when the test says so. */
function reader() {
  const waiting = new Map<string, (answer: Answer) => void>();
  const read = vi.fn(
    (id: string, signal: AbortSignal) =>
      new Promise<Answer>((resolve, reject) => {
        waiting.set(id, resolve);
        signal.addEventListener("abort", () => reject(signal.reason));
      }),
  );
  return { read, waiting, asked: () => read.mock.calls.map(([id]) => id) };
}

const free = async () => null;
const isFailure = (answer: Answer) => typeof answer !== "string";

async function all(events: AsyncGenerator<BulkEvent<Answer>>): Promise<BulkEvent<Answer>[]> {
  const found: BulkEvent<Answer>[] = [];
  for await (const event of events) found.push(event);
  return found;
}

describe("a bulk lookup", () => {
  it("yields each answer when it comes, and asks each subscriber once", async () => {
    const { read, waiting, asked } = reader();
    const events = bulkLookup(["a", "b", "a", "c"], { read, isFailure, consume: free });
    const first = events.next();
    await vi.waitFor(() => expect(asked()).toEqual(["a", "b", "c"]));
    waiting.get("c")?.("C");
    expect((await first).value).toEqual({ type: "answer", subscriberId: "c", answer: "C" });
    waiting.get("a")?.("A");
    waiting.get("b")?.("B");
    expect(await all(events)).toEqual([
      { type: "answer", subscriberId: "a", answer: "A" },
      { type: "answer", subscriberId: "b", answer: "B" },
      { type: "end", outcome: "done" },
    ]);
  });

  it("reads four at once", async () => {
    const { read, waiting, asked } = reader();
    const events = bulkLookup(IDS, { read, isFailure, consume: free });
    const first = events.next();
    await vi.waitFor(() => expect(asked()).toEqual(IDS.slice(0, 4)));
    waiting.get("user-2")?.("here");
    await first;
    const second = events.next();
    await vi.waitFor(() => expect(asked()).toEqual(IDS.slice(0, 5)));
    waiting.get("user-0")?.("here");
    await second;
    await events.return();
  });

  it("goes on after failures, and stops after ten in a row", async () => {
    const failing = new Set(IDS.slice(3, 12));
    const read = async (id: string) => (failing.has(id) ? { failed: id } : id);
    const options = { read, isFailure, consume: free };
    expect((await all(bulkLookup(IDS, options))).at(-1)).toEqual({ type: "end", outcome: "done" });

    const broken = vi.fn(async (id: string) => ({ failed: id }));
    const events = await all(bulkLookup(IDS, { ...options, read: broken }));
    expect(events.at(-1)).toEqual({ type: "end", outcome: "failing" });
    // Those under way when the tenth failed are answered too.
    expect(events).toHaveLength(1 + broken.mock.calls.length);
    expect(broken.mock.calls.length).toBeLessThan(10 + 4);
  });

  it("waits for the rate limit, after the answers under way", async () => {
    const limits = [null, null, 7, 6, 12, 7, 2, null];
    const pause = vi.fn(async (_seconds: number) => undefined);
    const consume = async () => limits.shift() ?? null;
    const read = async (id: string) => id;
    const events = await all(bulkLookup(["a", "b", "c"], { read, isFailure, consume, pause }));
    expect(events).toEqual([
      { type: "answer", subscriberId: "a", answer: "a" },
      { type: "answer", subscriberId: "b", answer: "b" },
      { type: "wait", seconds: 12 },
      { type: "wait", seconds: 7 },
      { type: "wait", seconds: 2 },
      { type: "answer", subscriberId: "c", answer: "c" },
      { type: "end", outcome: "done" },
    ]);
    expect(pause.mock.calls.map(([seconds]) => seconds)).toEqual([5, 5, 2]);
  });

  it.each(["abort", "return"])("ends the readings under way by %s", async (how) => {
    const { read, waiting, asked } = reader();
    const leaving = new AbortController();
    const options = { read, isFailure, consume: free, signal: leaving.signal };
    const events = bulkLookup(IDS, options);
    const first = events.next();
    await vi.waitFor(() => expect(asked()).toHaveLength(4));
    waiting.get("user-0")?.("here");
    await first;
    if (how === "return") {
      await events.return();
    } else {
      leaving.abort(new Error("The browser has left."));
      await expect(events.next()).rejects.toThrow("The browser has left.");
    }
    expect(read.mock.calls.every(([, signal]) => signal.aborted)).toBe(true);
    expect(asked().length).toBeLessThanOrEqual(5);
  });

  it("ends while it waits for the rate limit", async () => {
    const leaving = new AbortController();
    const read = vi.fn(async (id: string) => id);
    const options = { read, isFailure, consume: async () => 60, signal: leaving.signal };
    const events = bulkLookup(IDS, options);
    expect((await events.next()).value).toEqual({ type: "wait", seconds: 60 });
    const next = events.next();
    leaving.abort();
    await expect(next).rejects.toThrow();
    expect(read).not.toHaveBeenCalled();
  });

  it("ends with an error that is no failure of a subscriber", async () => {
    const read = async (id: string): Promise<Answer> => {
      if (id === "user-1") throw new Error("a bug");
      return id;
    };
    await expect(all(bulkLookup(IDS, { read, isFailure, consume: free }))).rejects.toThrow("a bug");
  });
});

const KEY = { sdkAppId: 1400000001, adminId: "administrator", secretKey: "k".repeat(64) };
const NONE = "@TOA#_none";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ apps: [KEY] });
});
afterAll(() => emulator.close());
beforeEach(async () => {
  emulator.set({ ...DEFAULT_SETTINGS, callsPerSecond: 100_000 });
  await fetch(`${emulator.url}/emulator/calls`, { method: "DELETE" });
});

function readOne(subscriberId: string, channelId: string | null) {
  const origins = [emulator.url];
  const client = new ChatClient({ ...KEY, origins, budget: new Budget(100_000), firstPause: 1 });
  const { signal } = new AbortController();
  return readSubscriber(client, {
    ...{ subscriberId, channelId, signal },
    ...{ readable: FIELDS, person: "ann" },
  });
}

/** The channels of a list, as the emulator has them. */
async function channelsOf(subscriberId: string): Promise<string[]> {
  const origins = [emulator.url];
  const client = new ChatClient({ ...KEY, origins, budget: new Budget(100_000) });
  const ids: string[] = [];
  const request = { subscriberId, fields: [], priority: "interactive" } as const;
  for await (const event of readWholeSet(client, request)) {
    if (event.type === "rows") ids.push(...event.subscriptions.map((row) => row.channelId));
  }
  return ids;
}

const calls = () => emulator.calls.map(({ command, body }) => ({ command, body }));

describe("one subscriber of a bulk lookup", () => {
  it("is counted by one call for one row", async () => {
    expect(await readOne("follows-10000", null)).toEqual({
      ...{ outcome: "found", channels: 10_000, follows: null, error: null },
    });
    expect(calls()).toMatchObject([
      {
        command: "get_subscribed_official_account_list",
        body: {
          Limit: 1,
          ResponseFilter: {
            OfficialAccountBaseInfoFilter: ["Name"],
            SelfInfoFilter: ["SubscribeTime"],
          },
        },
      },
    ]);
  });

  it.each([null, NONE])("that does not exist is unknown (channel %s)", async (channelId) => {
    expect(await readOne("nobody", channelId)).toEqual({ outcome: "unknown" });
  });

  it("that follows nothing is found", async () => {
    expect(await readOne("follows-0", NONE)).toEqual({
      ...{ outcome: "found", channels: 0, error: null },
      follows: { answer: "no", read: 0 },
    });
  });

  it("follows a channel of the first page: the rest is not read", async () => {
    const [first = ""] = await channelsOf("follows-201");
    await fetch(`${emulator.url}/emulator/calls`, { method: "DELETE" });
    expect(await readOne("follows-201", first)).toMatchObject({
      ...{ outcome: "found", channels: 201 },
      follows: {
        answer: "yes",
        subscription: { channelId: first, subscribedAt: expect.any(Date) },
      },
    });
    expect(calls()).toHaveLength(1);
  });

  it("follows a channel of the last page, or not: the list is read to its end", async () => {
    const last = (await channelsOf("follows-201")).at(-1) ?? "";
    expect(await readOne("follows-201", last)).toMatchObject({ follows: { answer: "yes" } });
    expect(await readOne("follows-201", NONE)).toMatchObject({
      ...{ channels: 201, follows: { answer: "no", read: 201 } },
    });
  });

  it.each([
    ["fault-shifting", "changed"],
    ["fault-total-low", "changed"],
    ["fault-never-complete", "endless"],
    ["fault-stuck-next", "failed"],
    ["fault-half-way", "failed"],
  ])("whose list is not whole gets no no: %s", async (subscriberId, why) => {
    expect(await readOne(subscriberId, NONE)).toMatchObject({
      ...{ outcome: "found", follows: { answer: "unknown", why } },
      error: why === "failed" ? expect.any(ChatApiError) : null,
    });
  });

  it("whose first call is refused fails with the code", async () => {
    for (const channelId of [null, NONE]) {
      await expect(readOne("error-131000", channelId)).rejects.toMatchObject({ code: 131000 });
    }
  });
});
