import { afterAll, beforeAll, expect, it } from "vitest";
import { CHECK, call, testApp } from "../testing/emulator-caller";
import { personas } from "./personas";
import { type Emulator, startEmulator } from "./server";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ apps: [testApp] });
});
afterAll(() => emulator.close());

function check(ids: unknown[]) {
  return call(emulator, CHECK, { CheckItem: ids.map((UserID) => ({ UserID })) });
}

it("tells who was imported", async () => {
  expect(await check(["107867", "nobody-here"])).toStrictEqual({
    ActionStatus: "OK",
    ErrorInfo: "",
    ErrorCode: 0,
    ResultItem: [
      { UserID: "107867", ResultCode: 0, ResultInfo: "", AccountStatus: "Imported" },
      { UserID: "nobody-here", ResultCode: 0, ResultInfo: "", AccountStatus: "NotImported" },
    ],
  });
});

it("knows every persona and nobody else", async () => {
  const known = [...personas.map(({ id }) => id), "user-200", "error-70107"];
  const unknown = [
    "user-0",
    "user-201",
    "user-01",
    "User-1",
    "error-",
    "error-0",
    "follows-2",
    "1",
  ];
  expect(await statuses(known)).toStrictEqual(known.map(() => "Imported"));
  expect(await statuses(unknown)).toStrictEqual(unknown.map(() => "NotImported"));
});

it("takes 100 accounts a call and not more", async () => {
  const ids = Array.from({ length: 101 }, (_, index) => `user-${index}`);
  expect(await statuses(ids.slice(1))).toHaveLength(100);
  expect(await check(ids)).toMatchObject({ ActionStatus: "FAIL", ErrorCode: 70402 });
});

it.each([
  { items: undefined, code: 70402 },
  { items: [], code: 70402 },
  { items: ["107867"], code: 70402 },
  { items: [{ UserID: "" }], code: 70402 },
  { items: [{ UserID: 107867 }], code: 60015 },
])("refuses $items with $code", async ({ items, code }) => {
  expect(await call(emulator, CHECK, { CheckItem: items })).toMatchObject({ ErrorCode: code });
});

async function statuses(ids: string[]): Promise<unknown[]> {
  const { ResultItem: items } = await check(ids);
  return Array.isArray(items) ? items.map((item) => item.AccountStatus) : [];
}
