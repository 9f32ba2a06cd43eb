import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listFor, rowsOf, testApp } from "../testing/emulator-caller";
import { personas } from "./personas";
import { ERROR_INFO, type JsonObject } from "./refusal";
import { type Emulator, startEmulator } from "./server";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ apps: [testApp], now: () => Date.UTC(2026, 10, 23) });
  emulator.set({ callsPerSecond: 1_000_000 });
});
afterAll(() => emulator.close());

const FEW_FIELDS = {
  ResponseFilter: { OfficialAccountBaseInfoFilter: ["Name"], SelfInfoFilter: ["SubscribeTime"] },
};

/** Follows Next to the end, or for at most `most` pages. */
async function walk(subscriber: string, limit = 200, most = 100): Promise<JsonObject[]> {
  const pages: JsonObject[] = [];
  let offset = 0;
  while (pages.length < most) {
    const page = await listFor(emulator, subscriber, {
      Limit: limit,
      Offset: offset,
      ...FEW_FIELDS,
    });
    pages.push(page);
    if (page.CompleteFlag === 1) break;
    offset = Number(page.Next);
  }
  return pages;
}

function idsOf(pages: JsonObject[]): unknown[] {
  return pages.flatMap(rowsOf).map((row) => row.Official_Account);
}

describe("read to the end", () => {
  it.each([
    ["107867", 8],
    ["follows-0", 0],
    ["follows-1", 1],
    ["follows-199", 199],
    ["follows-200", 200],
    ["follows-201", 201],
    ["follows-4999", 4999],
    ["follows-5001", 5001],
    ["follows-10000", 10_000],
    ["fault-empty-page", 400],
    ["fault-short-pages", 437],
    ["nobody-here", 0],
    ["fault-hostile", 12],
  ])("%s shows each of %i channels once", async (subscriber, total) => {
    const pages = await walk(subscriber);
    const ids = idsOf(pages);
    expect(ids).toHaveLength(total);
    expect(new Set(ids).size).toBe(total);
    expect(pages.every((page) => page.TotalCount === total)).toBe(true);
    expect(pages.at(-1)?.Next).toBe(0);
  });

  it("the size of the page does not matter", async () => {
    expect(idsOf(await walk("follows-201", 7))).toStrictEqual(idsOf(await walk("follows-201")));
  });

  it("ordinary people follow 3 to 60 channels, not all as many", async () => {
    const totals = new Set<unknown>();
    for (let number = 1; number <= 200; number++) {
      const [page] = await walk(`user-${number}`);
      expect(Number(page?.TotalCount)).toBeGreaterThanOrEqual(3);
      expect(Number(page?.TotalCount)).toBeLessThanOrEqual(60);
      totals.add(page?.TotalCount);
    }
    expect(totals.size).toBeGreaterThan(20);
  });

  it("every channel was there before someone subscribed to it", async () => {
    const rows = rowsOf(await listFor(emulator, "follows-200"));
    for (const { CreateTime: created = 0, SelfInfo: self } of rows) {
      expect(self).toHaveProperty("SubscribeTime", expect.any(Number));
      expect(Object(self).SubscribeTime).toBeGreaterThanOrEqual(Number(created));
    }
  });
});

describe("refusals", () => {
  it.each([...Object.keys(ERROR_INFO), "139999"])("error-%s answers its code", async (code) => {
    expect(await listFor(emulator, `error-${code}`)).toStrictEqual({
      ActionStatus: "FAIL",
      ErrorInfo: expect.stringMatching(/\w+ \w+/),
      ErrorCode: Number(code),
    });
  });

  it.each([
    ["fault-not-enabled", [131000, 131000]],
    ["fault-rate-limited", [60011, 60011]],
    ["fault-flaky", [20005, 0, 20005, 0]],
    ["fault-flaky-pages", [0, 0, 20005, 0, 0, 20005]],
    ["fault-half-way", [0, 0, 0, ...Array(9).fill(20005), 0, 0]],
  ])("%s answers %j", async (subscriber, codes) => {
    for (const code of codes) {
      expect(await listFor(emulator, subscriber)).toMatchObject({ ErrorCode: code });
    }
  });
});

describe("pages that are wrong", () => {
  it("fault-shifting gets one more channel at its front with every call", async () => {
    const first = await listFor(emulator, "fault-shifting");
    const second = await listFor(emulator, "fault-shifting");
    expect([first.TotalCount, second.TotalCount]).toStrictEqual([1000, 1001]);
    const [newcomer, ...rest] = idsOf([second]);
    expect(idsOf([first])).not.toContain(newcomer);
    expect(rest).toStrictEqual(idsOf([first]).slice(0, 199));
    const third = await listFor(emulator, "fault-shifting", { Offset: 200 });
    expect(idsOf([third])[0]).toBe(rest.at(-1));
  });

  it("fault-short-pages has 37 rows a page and goes on after them", async () => {
    const page = await listFor(emulator, "fault-short-pages", { Limit: 200, Offset: 37 });
    expect(rowsOf(page)).toHaveLength(37);
    expect(page).toMatchObject({ TotalCount: 437, CompleteFlag: 0, Next: 74 });
  });

  it.each([0, 200, 400])("fault-stuck-next stands still at %i", async (offset) => {
    const page = await listFor(emulator, "fault-stuck-next", { Offset: offset });
    expect(page).toMatchObject({ TotalCount: 450, CompleteFlag: 0, Next: offset });
    expect(rowsOf(page)).toHaveLength(offset === 400 ? 50 : 200);
  });

  it("fault-empty-page has an empty page that is not the last", async () => {
    const page = await listFor(emulator, "fault-empty-page", { Offset: 200 });
    expect(page).toMatchObject({ TotalCount: 400, CompleteFlag: 0, Next: 400 });
    expect(rowsOf(page)).toStrictEqual([]);
  });

  it("fault-never-complete goes on past its end", async () => {
    const pages = await walk("fault-never-complete", 200, 5);
    expect(pages.map((page) => page.CompleteFlag)).toStrictEqual([0, 0, 0, 0, 0]);
    expect(pages.map((page) => page.Next)).toStrictEqual([200, 400, 600, 800, 1000]);
    expect(pages.map((page) => rowsOf(page).length)).toStrictEqual([200, 50, 0, 0, 0]);
  });

  it.each([
    ["fault-total-low", 350],
    ["fault-total-high", 550],
  ])("%s says %i and has 450", async (subscriber, total) => {
    const pages = await walk(subscriber);
    expect(pages.map((page) => page.TotalCount)).toStrictEqual([total, total, total]);
    expect(new Set(idsOf(pages)).size).toBe(450);
  });
});

describe("the README", () => {
  it("has the table of personas", () => {
    const readme = readFileSync(new URL("README.md", import.meta.url), "utf8");
    const rows = [...readme.matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)].map(([, id, shows]) => ({
      id,
      shows,
    }));
    expect(rows).toStrictEqual(personas.map(({ id, shows }) => ({ id, shows })));
  });
});
