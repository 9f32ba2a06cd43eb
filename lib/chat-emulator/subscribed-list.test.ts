import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listFor, rowsOf, testApp } from "../testing/emulator-caller";
import { type Emulator, startEmulator } from "./server";

let clock = Date.UTC(2026, 10, 23);
let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ apps: [testApp], now: () => clock });
  emulator.set({ callsPerSecond: 1_000_000 });
});
afterAll(() => emulator.close());

describe("the request", () => {
  it.each([
    { subscriber: undefined, code: 6017 },
    { subscriber: "", code: 6017 },
    { subscriber: 107867, code: 60015 },
    { subscriber: null, code: 60015 },
    { subscriber: ["107867"], code: 60015 },
  ])("refuses $subscriber as subscriber with $code", async ({ subscriber, code }) => {
    expect(await listFor(emulator, subscriber)).toMatchObject({ ErrorCode: code });
  });

  it.each([
    { Limit: 0 },
    { Limit: 201 },
    { Limit: -1 },
    { Limit: 1.5 },
    { Limit: "20" },
    { Limit: null },
    { Offset: -1 },
    { Offset: 0.5 },
    { Offset: "0" },
    { ResponseFilter: [] },
    { ResponseFilter: null },
    { ResponseFilter: { OfficialAccountBaseInfoFilter: [] } },
    { ResponseFilter: { OfficialAccountBaseInfoFilter: "Name" } },
    { ResponseFilter: { OfficialAccountBaseInfoFilter: ["Name", "SubscribeTime"] } },
    { ResponseFilter: { OfficialAccountBaseInfoFilter: ["Official_Account"] } },
    { ResponseFilter: { SelfInfoFilter: [] } },
    { ResponseFilter: { SelfInfoFilter: ["Name"] } },
    { ResponseFilter: { SelfInfoFilter: [null] } },
  ])("refuses %j with 6017", async (rest) => {
    const answer = await listFor(emulator, "user-1", rest);
    expect(answer).toMatchObject({ ActionStatus: "FAIL", ErrorCode: 6017 });
    expect(answer).not.toHaveProperty("OfficialAccountInfoList");
  });
});

describe("a page", () => {
  it.each([
    { rest: {}, rows: 200, complete: 0, next: 200 },
    { rest: { Offset: 200 }, rows: 1, complete: 1, next: 0 },
    { rest: { Limit: 1, Offset: 199 }, rows: 1, complete: 0, next: 200 },
    { rest: { Limit: 1, Offset: 200 }, rows: 1, complete: 1, next: 0 },
    { rest: { Limit: 200, Offset: 1 }, rows: 200, complete: 1, next: 0 },
    { rest: { Offset: 201 }, rows: 0, complete: 1, next: 0 },
    { rest: { Offset: 4294967295 }, rows: 0, complete: 1, next: 0 },
  ])("of 201 with $rest has $rows rows", async ({ rest, rows, complete, next }) => {
    const answer = await listFor(emulator, "follows-201", rest);
    expect(rowsOf(answer)).toHaveLength(rows);
    expect(answer).toMatchObject({ TotalCount: 201, CompleteFlag: complete, Next: next });
  });

  it("is cut at maxRows, whatever Limit says", async () => {
    emulator.set({ maxRows: 30 });
    const answer = await listFor(emulator, "follows-201", { Limit: 100 });
    emulator.set({ maxRows: 200 });
    expect(rowsOf(answer)).toHaveLength(30);
    expect(answer).toMatchObject({ TotalCount: 201, CompleteFlag: 0, Next: 30 });
  });

  it("of an unknown person is empty", async () => {
    const answer = await listFor(emulator, "nobody-here");
    expect(answer).toMatchObject({ ErrorCode: 0, TotalCount: 0, OfficialAccountInfoList: [] });
  });
});

describe("ResponseFilter", () => {
  it("brings only the asked fields, and always the id", async () => {
    const answer = await listFor(emulator, "user-1", {
      Limit: 1,
      ResponseFilter: {
        OfficialAccountBaseInfoFilter: ["Name", "SubscriberNum"],
        SelfInfoFilter: ["SubscribeTime"],
      },
    });
    expect(rowsOf(answer)).toStrictEqual([
      {
        Official_Account: expect.stringMatching(/^@TOA#_/),
        Name: expect.stringMatching(/\S/),
        SubscriberNum: expect.any(Number),
        SelfInfo: { SubscribeTime: expect.any(Number) },
      },
    ]);
  });

  it("leaves a group whole that it does not name", async () => {
    const answer = await listFor(emulator, "107867", {
      Limit: 1,
      ResponseFilter: { OfficialAccountBaseInfoFilter: ["Name"] },
    });
    expect(rowsOf(answer)).toStrictEqual([
      {
        Official_Account: "@TOA#_test_mill_subscriber_OA",
        Name: "test_mill_subscriber_OA",
        SelfInfo: { SubscribeTime: 1700655351, CustomString: "" },
      },
    ]);
  });
});

describe("the clock", () => {
  it("moves counts and last messages, and nothing else", async () => {
    const before = rowsOf(await listFor(emulator, "follows-200"));
    clock += 10 * 86_400_000;
    const after = rowsOf(await listFor(emulator, "follows-200"));
    expect(sum(after, "SubscriberNum")).toBeGreaterThan(sum(before, "SubscriberNum"));
    expect(sum(after, "LastMsgTime")).toBeGreaterThan(sum(before, "LastMsgTime"));
    expect(after.every((row) => Number(row.LastMsgTime) <= clock / 1000)).toBe(true);
    expect(after.map(fixedPart)).toStrictEqual(before.map(fixedPart));
  });
});

function sum(rows: Record<string, unknown>[], field: string): number {
  return rows.reduce((total, row) => total + Number(row[field]), 0);
}

function fixedPart({ SubscriberNum: _, LastMsgTime: __, ...rest }: Record<string, unknown>) {
  return rest;
}
