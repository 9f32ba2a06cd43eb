import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../chat-emulator/server";
import { Budget } from "./budget";
import { ChatClient } from "./client";
import { getSubscriptionPage } from "./official-accounts";
import { PARALLEL, readWholeSet, type WholeSetEvent, type WholeSetRequest } from "./whole-set";

const KEY = { sdkAppId: 1400000001, adminId: "administrator", secretKey: "k".repeat(64) };

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ apps: [KEY] });
});
afterAll(() => emulator.close());

type Rest = Omit<WholeSetRequest, "subscriberId" | "fields" | "priority">;

function start(subscriberId: string, rest: Rest = {}) {
  // The emulator's own limit is not the subject here.
  emulator.set({ callsPerSecond: 100_000 });
  const client = new ChatClient({
    ...KEY,
    origins: [emulator.url],
    budget: new Budget(100_000),
    firstPause: 1,
    attemptTimeout: 60_000,
    totalTimeout: 120_000,
  });
  const request = { subscriberId, fields: ["name"], priority: "background" } as const;
  return readWholeSet(client, { ...request, ...rest });
}

async function read(subscriberId: string, rest: Rest = {}) {
  const before = emulator.calls.length;
  const ids: string[] = [];
  let last: WholeSetEvent | undefined;
  for await (const event of start(subscriberId, rest)) {
    if (event.type === "rows") ids.push(...event.subscriptions.map((row) => row.channelId));
    last = event;
  }
  if (last?.type !== "end") throw new Error("the last event says how it ended");
  return { ids, end: last, calls: emulator.calls.length - before };
}

describe("a whole set", () => {
  it.each([
    ["follows-0", 0, 1],
    ["follows-1", 1, 1],
    ["follows-199", 199, 1],
    ["follows-200", 200, 1],
    ["follows-201", 201, 2],
    ["follows-4999", 4999, 25],
    ["follows-5001", 5001, 26],
    ["follows-10000", 10_000, 50],
  ])("of %s has %i channels, each once, in %i calls", async (subscriberId, count, calls) => {
    const set = await read(subscriberId);
    expect(set.ids).toHaveLength(count);
    expect(new Set(set.ids).size).toBe(count);
    expect(set.calls).toBe(calls);
    expect(set.end).toMatchObject({ outcome: "complete", error: null, unread: [] });
  });

  it.each([
    ["fault-short-pages", 437, "complete"],
    ["fault-flaky-pages", 900, "complete"],
    ["fault-stuck-next", 450, "failed"],
    ["fault-too-large", 450, "complete"],
    ["fault-empty-page", 400, "complete"],
    ["fault-never-complete", 250, "endless"],
    ["fault-total-low", 450, "changed"],
    ["fault-total-high", 450, "changed"],
  ])("of %s has %i channels and ends %s", async (subscriberId, count, outcome) => {
    const set = await read(subscriberId);
    expect(new Set(set.ids).size).toBe(set.ids.length);
    expect([set.ids.length, set.end.outcome]).toEqual([count, outcome]);
    expect(set.calls).toBeLessThan(30);
  });

  it("counts rows without an id, and does not claim that every channel is in hand", async () => {
    const { ids, end } = await read("fault-odd-values");
    expect(ids).toHaveLength(18);
    expect(end).toMatchObject({ outcome: "changed", progress: { read: 18, unreadableRows: 2 } });
  });

  it("says that the list moved when rows shift while it is read", async () => {
    const { ids, end } = await read("fault-shifting");
    expect(end.outcome).toBe("changed");
    expect(end.progress.duplicates).toBeGreaterThan(0);
    expect(end.progress.totalChanged).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(1000);
  });

  it("keeps what was read when a call fails, and says what is missing", async () => {
    const { ids, end } = await read("error-20005");
    expect(ids).toEqual([]);
    expect(end).toMatchObject({ outcome: "failed", unread: [{ start: 0, end: null }] });
    expect(end.error?.code).toBe(20005);
  });

  it("stops at once when aborted, and makes no further call", async () => {
    const leaving = new AbortController();
    const reason = new Error("closed the tab");
    const before = emulator.calls.length;
    const reading = (async () => {
      for await (const _ of start("follows-10000", { signal: leaving.signal }))
        leaving.abort(reason);
    })();
    await expect(reading).rejects.toBe(reason);
    const made = emulator.calls.length - before;
    expect(made).toBeLessThanOrEqual(1 + PARALLEL);
    await read("follows-1");
    expect(emulator.calls.length - before).toBe(made + 1);
  });

  it("stops when the reader stops", async () => {
    const before = emulator.calls.length;
    for await (const event of start("follows-10000")) {
      if (event.progress.read >= 200) break;
    }
    expect(emulator.calls.length - before).toBeLessThanOrEqual(1 + PARALLEL);
  });

  it.each([
    ["follows-201", 200, 1, "paused"],
    ["follows-200", 100, 1, "complete"],
    ["follows-5001", 5000, 1, "paused"],
    ["follows-4999", 5000, 25, "complete"],
  ])(
    "of %s with a pause above %i ends after %i calls, %s",
    async (id, pauseAbove, calls, outcome) => {
      const set = await read(id, { pauseAbove });
      expect([set.calls, set.end.outcome]).toEqual([calls, outcome]);
    },
  );

  it.each(["follows-201", "follows-5001", "follows-10000"])(
    "of %s goes on from where it paused, and asks for nothing twice",
    async (subscriberId) => {
      const first = await read(subscriberId, { pauseAbove: 1 });
      const { unread, progress } = first.end;
      const rest = await read(subscriberId, { from: { unread, total: progress.total } });
      const ids = [...first.ids, ...rest.ids];
      expect(new Set(ids).size).toBe(progress.total);
      expect(ids).toHaveLength(progress.total);
      expect(first.calls + rest.calls).toBe(Math.ceil(progress.total / 200));
      expect(rest.end.unread).toEqual([]);
    },
  );

  it.each([
    ["follows-0", 0, 1, "complete"],
    ["follows-201", 201, 2, "complete"],
    ["follows-5001", 5001, 26, "complete"],
    ["fault-total-low", 450, 3, "changed"],
    ["fault-total-high", 450, 3, "changed"],
    ["fault-never-complete", 250, 12, "endless"],
  ])(
    "of %s has %i channels in %i calls, however much is said to be unread, and ends %s",
    async (id, count, calls, outcome) => {
      const set = await read(id, { from: { unread: [{ start: 0, end: 999_999 }], total: 0 } });
      expect([set.ids.length, set.calls, set.end.outcome]).toEqual([count, calls, outcome]);
    },
  );
});

describe("whole sets beside a single page", () => {
  it("let another person's page through after at most one of their calls", async () => {
    emulator.set({ callsPerSecond: 100_000 });
    /** The people of the granted calls in their order, and how many came before each call of "b". */
    const granted: (string | undefined)[] = [];
    const placesOfB: number[] = [];
    class WatchedBudget extends Budget {
      override async acquire(...request: Parameters<Budget["acquire"]>) {
        const before = granted.length;
        const done = await super.acquire(...request);
        const [, , person] = request;
        if (person === "b") placesOfB.push(granted.length - before);
        granted.push(person);
        return done;
      }
    }
    const client = new ChatClient({
      ...KEY,
      origins: [emulator.url],
      budget: new WatchedBudget(40),
      attemptTimeout: 60_000,
      totalTimeout: 600_000,
    });
    const leaving = new AbortController();
    const sets = Array.from({ length: 40 }, async () => {
      const request = {
        subscriberId: "follows-10000",
        fields: ["name"],
        priority: "interactive",
        person: "a",
        signal: leaving.signal,
      } as const;
      for await (const _ of readWholeSet(client, request)) {
        // Read as fast as the budget lets it.
      }
    });
    const settled = Promise.allSettled(sets);
    const request = { subscriberId: "follows-1", offset: 0, limit: 20 };
    // The first pages of all forty wait in the same line.
    for (let round = 0; round < 4; round++) {
      await getSubscriptionPage(client, request, { priority: "interactive", person: "b" });
    }
    expect(placesOfB).toHaveLength(4);
    // The first calls of "a" needed no turn.
    for (const place of placesOfB.slice(1)) expect(place).toBeLessThanOrEqual(1);
    leaving.abort(new Error("closed the tabs"));
    await settled;
  });
});
