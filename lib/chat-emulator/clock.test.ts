import { afterAll, beforeAll, expect, it } from "vitest";
import { call, INFO, listFor, rowsOf, testApp } from "../testing/emulator-caller";
import { type Emulator, startEmulator } from "./server";

const DAY = 86_400;
let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ apps: [testApp], now: () => Date.UTC(2026, 10, 23) });
});
afterAll(() => emulator.close());

it("the clock of the channels can be moved, the signature keeps the real one", async () => {
  const rows = async () => rowsOf(await listFor(emulator, "follows-200"));
  const today = await rows();
  emulator.set({ clockOffsetSeconds: -60 * DAY });
  const before = await rows();
  emulator.set({ clockOffsetSeconds: 0 });
  expect(await rows()).toStrictEqual(today);
  expect(before.map(idOf)).toStrictEqual(today.map(idOf));
  expect(before.map(({ SubscriberNum }) => SubscriberNum)).not.toStrictEqual(
    today.map(({ SubscriberNum }) => SubscriberNum),
  );
  const latest = Math.max(...before.map(({ LastMsgTime }) => Number(LastMsgTime)));
  expect(latest).toBeLessThanOrEqual(Date.UTC(2026, 10, 23) / 1000 - 60 * DAY);
});

it("a channel is made, followed, and gone", async () => {
  const passing = new Map<unknown, number[]>();
  for (let day = -80; day <= 0; day++) {
    emulator.set({ clockOffsetSeconds: day * DAY });
    const last = rowsOf(await listFor(emulator, "user-2")).at(-1) ?? {};
    const isYoung = Number(last.CreateTime) > Date.UTC(2026, 10, 23) / 1000 - 120 * DAY;
    if (isYoung) passing.set(idOf(last), [...(passing.get(idOf(last)) ?? []), day]);
  }
  const [[id, days] = []] = [...passing].filter(([, seen]) => seen[0] !== -80 && !seen.includes(0));
  if (days === undefined) throw new Error("nothing has passed");
  const at = async (day: number) => {
    emulator.set({ clockOffsetSeconds: day * DAY });
    const ids = rowsOf(await listFor(emulator, "user-2")).map(idOf);
    const list = [{ Official_Account: id }];
    const [entry] = rowsOf(await call(emulator, INFO, { OfficialAccountIdList: list }));
    return { follows: ids.includes(id), code: entry?.ErrorCode };
  };
  const [first = 0, last = 0] = [days[0], days.at(-1)];
  expect(await at(first - 1)).toStrictEqual({ follows: false, code: 130004 });
  expect(await at(first)).toStrictEqual({ follows: true, code: 0 });
  expect(await at(last)).toStrictEqual({ follows: true, code: 0 });
  expect(await at(last + 1)).toStrictEqual({ follows: false, code: 130004 });
  emulator.set({ clockOffsetSeconds: 0 });
});

function idOf(row: Record<string, unknown>): unknown {
  return row.Official_Account;
}
