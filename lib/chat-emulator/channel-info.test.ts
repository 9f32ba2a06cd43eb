import { afterAll, beforeAll, expect, it } from "vitest";
import { call, INFO, listFor, rowsOf, testApp } from "../testing/emulator-caller";
import type { JsonObject } from "./refusal";
import { type Emulator, startEmulator } from "./server";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ apps: [testApp], now: () => Date.UTC(2026, 10, 23) });
});
afterAll(() => emulator.close());

function info(ids: unknown[], rest: JsonObject = {}): Promise<JsonObject> {
  const list = ids.map((id) => ({ Official_Account: id }));
  return call(emulator, INFO, { OfficialAccountIdList: list, ...rest });
}

it.each(["107867", "user-1", "follows-10000", "fault-hostile", "fault-shifting"])(
  "knows the channels of %s as his list shows them",
  async (subscriber) => {
    const rows = rowsOf(await listFor(emulator, subscriber, { Limit: 50 }));
    const entries = rowsOf(await info(rows.map((row) => row.Official_Account)));
    expect(entries).toStrictEqual(
      rows.map(({ SelfInfo: _, ...profile }) => ({ ErrorCode: 0, ErrorInfo: "", ...profile })),
    );
  },
);

it("answers each id for itself", async () => {
  const known = "@TOA#_test_mill_subscriber_OA";
  const unknown = ["@TOA#_gone", "@TOA#_@TOA#ZZZZZ", "@TOA#_harbour_morning_1", "@TOA#_x_999999"];
  const malformed = ["107867", "@TOA#_", "@TGS#_group", `@TOA#_${"x".repeat(43)}`, "@TOA#_频道"];
  const answer = await info([known, ...unknown, ...malformed]);
  expect(answer).toMatchObject({ ActionStatus: "OK", ErrorCode: 0 });
  expect(rowsOf(answer).map((entry) => entry.ErrorCode)).toStrictEqual([
    0,
    ...unknown.map(() => 130004),
    ...malformed.map(() => 130007),
  ]);
  expect(rowsOf(answer).map((entry) => entry.Official_Account)).toStrictEqual([
    known,
    ...unknown,
    ...malformed,
  ]);
});

it("honours the filter", async () => {
  const filter = { ResponseFilter: { OfficialAccountBaseInfoFilter: ["SubscriberNum"] } };
  expect(rowsOf(await info(["@TOA#_test_mill_subscriber_OA"], filter))).toStrictEqual([
    {
      ErrorCode: 0,
      ErrorInfo: "",
      Official_Account: "@TOA#_test_mill_subscriber_OA",
      SubscriberNum: 499800,
    },
  ]);
});

it("takes 50 ids a call and not more", async () => {
  const ids = Array.from({ length: 51 }, () => "@TOA#_test_mill_subscriber_OA");
  expect(rowsOf(await info(ids.slice(1)))).toHaveLength(50);
  expect(await info(ids)).toMatchObject({ ActionStatus: "FAIL", ErrorCode: 6017 });
});

it.each([
  { list: undefined, code: 6017 },
  { list: [], code: 6017 },
  { list: ["@TOA#_gone"], code: 6017 },
  { list: [{}], code: 6017 },
  { list: [{ Official_Account: 1 }], code: 60015 },
])("refuses $list with $code", async ({ list, code }) => {
  const answer = await call(emulator, INFO, { OfficialAccountIdList: list });
  expect(answer).toMatchObject({ ErrorCode: code });
});
