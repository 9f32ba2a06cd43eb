import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Budget } from "@/lib/chat-api/budget";
import { ChatClient } from "@/lib/chat-api/client";
import { readWholeSet, type WholeSetRequest } from "@/lib/chat-api/whole-set";
import { DEFAULT_SETTINGS } from "@/lib/chat-emulator/api";
import { type Emulator, startEmulator } from "@/lib/chat-emulator/server";
import { type Collected, Collector } from "./collected";
import { parseLine, type WholeSetLine } from "./whole-set-events";

const KEY = { sdkAppId: 1400000001, adminId: "administrator", secretKey: "k".repeat(64) };

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ apps: [KEY] });
});
afterAll(() => emulator.close());
beforeEach(() => emulator.set({ ...DEFAULT_SETTINGS, callsPerSecond: 100_000 }));

/** The lines that the desk would send of a reading, through their written form. */
async function* lines(
  subscriberId: string,
  rest: Partial<WholeSetRequest> = {},
): AsyncGenerator<WholeSetLine> {
  const client = new ChatClient({
    ...KEY,
    origins: [emulator.url],
    budget: new Budget(100_000),
    firstPause: 1,
  });
  const fields = ["name", "lastMessageAt", "subscribedAt"] as const;
  for await (const event of readWholeSet(client, {
    subscriberId,
    fields,
    priority: "interactive",
    ...rest,
  })) {
    const line: WholeSetLine =
      event.type === "rows"
        ? { ...event, at: 1_700_000_000_000, took: 5 }
        : { ...event, known: true, failure: null };
    yield parseLine(JSON.stringify(line));
  }
}

async function collect(subscriberId: string, rest?: Partial<WholeSetRequest>, earlier?: Collected) {
  const collector = new Collector(earlier);
  for await (const line of lines(subscriberId, rest)) {
    collector.add(line);
    expectTrue(collector.snapshot());
  }
  return collector.snapshot();
}

/** What must hold at any moment. */
function expectTrue({ subscriptions, progress }: Collected): void {
  const ids = subscriptions.map(({ channelId }) => channelId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(progress.read).toBe(ids.length);
}

const restOf = ({ unread, progress }: Collected) => ({
  from: { unread, total: progress.total },
});

const idsOf = ({ subscriptions }: Collected) => subscriptions.map(({ channelId }) => channelId);

describe("what is collected of a whole set", () => {
  it.each([
    ["follows-0", 0, "complete"],
    ["follows-1", 1, "complete"],
    ["follows-201", 201, "complete"],
    ["follows-5001", 5001, "complete"],
    ["fault-short-pages", 437, "complete"],
    ["fault-flaky-pages", 900, "complete"],
    ["fault-empty-page", 400, "complete"],
    ["fault-never-complete", 250, "endless"],
    ["fault-total-low", 450, "changed"],
    ["fault-total-high", 450, "changed"],
    ["fault-stuck-next", 450, "failed"],
  ])("of %s are %i channels, %s", async (subscriberId, count, state) => {
    const collected = await collect(subscriberId);
    expect([collected.subscriptions.length, collected.state]).toEqual([count, state]);
  });

  it("keeps dates, nothing and the list's own order", async () => {
    const collected = await collect("follows-5001");
    const firstPage: string[] = [];
    for await (const line of lines("follows-5001", { pauseAbove: 1 })) {
      if (line.type === "rows") firstPage.push(...line.subscriptions.map((row) => row.channelId));
    }
    expect(idsOf(collected).slice(0, 200)).toEqual(firstPage);
    const { pages } = collected;
    expect(pages.map(({ offset }) => offset)).toEqual(
      pages.map(({ offset }) => offset).toSorted((a, b) => a - b),
    );
    expect(collected.subscriptions[0]?.subscribedAt).toBeInstanceOf(Date);
    const never = collected.subscriptions.filter((row) => row.lastMessageAt === null);
    expect(never.length).toBeGreaterThan(0);
    expect(collected.subscriptions.every((row) => row.introduction === undefined)).toBe(true);
  });

  it.each(["follows-201", "follows-5001", "follows-10000"])(
    "of %s is the same when it was read with a pause",
    async (subscriberId) => {
      const paused = await collect(subscriberId, { pauseAbove: 100 });
      expect(paused.state).toBe("paused");
      const whole = await collect(subscriberId, restOf(paused), paused);
      expect(whole.state).toBe("complete");
      expect(idsOf(whole)).toEqual(idsOf(await collect(subscriberId)));
      expect(whole.readFrom).toEqual(paused.readFrom);
    },
  );

  it("goes on after it was stopped, wherever that was, and loses nothing", async () => {
    for (const stopAfter of [0, 1, 2, 7]) {
      const collector = new Collector();
      let answers = 0;
      if (stopAfter > 0) {
        for await (const line of lines("follows-4999")) {
          collector.add(line);
          answers += 1;
          if (answers === stopAfter) break;
        }
      }
      const stopped = collector.snapshot(true);
      expect(stopped.state).toBe("stopped");
      const whole = await collect("follows-4999", restOf(stopped), stopped);
      expect([whole.state, whole.subscriptions.length]).toEqual(["complete", 4999]);
    }
  });

  it("goes on after a call failed half-way", async () => {
    const failed = await collect("fault-half-way");
    expect(failed.state).toBe("failed");
    expect(failed.subscriptions.length).toBeGreaterThanOrEqual(200);
    expect(failed.subscriptions.length).toBeLessThan(1000);
    let last = failed;
    for (let tries = 0; tries < 10 && last.state === "failed"; tries += 1) {
      last = await collect("fault-half-way", restOf(last), last);
    }
    expect([last.state, last.subscriptions.length]).toEqual(["complete", 1000]);
  });

  it("goes on where a server gives 50 rows when 200 are asked", async () => {
    emulator.set({ maxRows: 50 });
    const paused = await collect("follows-4999", { pauseAbove: 100 });
    expect(paused.subscriptions).toHaveLength(50);
    const whole = await collect("follows-4999", restOf(paused), paused);
    expect([whole.state, whole.subscriptions.length]).toEqual(["complete", 4999]);
  });

  it("says that the list moved, also between two readings", async () => {
    const moved = await collect("fault-shifting");
    expect(moved.state).toBe("changed");
    const paused = await collect("fault-shifting", { pauseAbove: 100 });
    const whole = await collect("fault-shifting", restOf(paused), paused);
    expect(whole.state).toBe("changed");
    expect(whole.progress.totalChanged).toBe(true);
  });
});
