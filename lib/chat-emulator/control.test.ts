import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { call, LIST, listFor, rowsOf, signed, testApp } from "../testing/emulator-caller";
import { personas } from "./personas";
import { type Emulator, startEmulator } from "./server";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator({ apps: [testApp] });
});
afterEach(() => emulator.close());

async function control(method: string, path: string, body?: string) {
  const response = await fetch(`${emulator.url}/emulator/${path}`, { method, body: body ?? null });
  return { status: response.status, value: await response.json() };
}

describe("calls", () => {
  it("are noted with their time, command, app, body and outcome", async () => {
    const body = { Subscriber_Account: "user-1", Limit: 5 };
    await call(emulator, LIST, body);
    await call(emulator, LIST, body, { sdkappid: "7" });
    await call(emulator, "nothing/here", []);
    const { value } = await control("GET", "calls");
    const command = "get_subscribed_official_account_list";
    const at = expect.any(Number);
    expect(value).toStrictEqual([
      { at, command, appId: testApp.sdkAppId, body, errorCode: 0 },
      { at, command, appId: null, body, errorCode: 70020 },
      { at, command: "here", appId: testApp.sdkAppId, body: [], errorCode: 60009 },
    ]);
    expect(value).toStrictEqual(emulator.calls);
    expect(value[0].at).toBeLessThan(value[1].at);
  });

  it("have no code when nothing readable was answered", async () => {
    await expect(listFor(emulator, "fault-reset")).rejects.toThrow("fetch failed");
    await expect(listFor(emulator, "fault-502")).rejects.toThrow("HTTP 502");
    expect(emulator.calls.map((noted) => noted.errorCode)).toStrictEqual([null, null]);
  });

  it("never hold a signature", async () => {
    const usersig = signed(testApp, 1000);
    await call(emulator, LIST, { Subscriber_Account: "user-1" }, { usersig });
    await call(emulator, `${LIST}/extra`, {}, { usersig });
    const { value } = await control("GET", "calls");
    expect(value).toHaveLength(2);
    expect(JSON.stringify(value)).not.toContain(usersig);
  });

  it("can be forgotten", async () => {
    const { calls } = emulator;
    await listFor(emulator, "user-1");
    expect(calls).toHaveLength(1);
    expect(await control("DELETE", "calls")).toStrictEqual({ status: 200, value: [] });
    expect(calls).toStrictEqual([]);
    await listFor(emulator, "user-1");
    expect(calls).toHaveLength(1);
  });
});

describe("settings", () => {
  it("change how the emulator behaves, one by one", async () => {
    expect(await control("PUT", "settings", '{"maxRows":2}')).toStrictEqual({
      status: 200,
      value: { delayMs: 0, callsPerSecond: 200, maxRows: 2, slowMs: 3000, clockOffsetSeconds: 0 },
    });
    expect(await control("PUT", "settings", '{"slowMs":0,"delayMs":1}')).toStrictEqual({
      status: 200,
      value: { delayMs: 1, callsPerSecond: 200, maxRows: 2, slowMs: 0, clockOffsetSeconds: 0 },
    });
    expect(rowsOf(await listFor(emulator, "follows-200"))).toHaveLength(2);
  });

  it.each(["", "[]", '{"delay":1}', '{"delayMs":"1"}', '{"delayMs":-1}', '{"maxRows":0}'])(
    "refuse %j, saying what would be right",
    async (body) => {
      const { status, value } = await control("PUT", "settings", body);
      expect(status).toBe(400);
      expect(value.error).toMatch(/delayMs|at least/);
      expect(rowsOf(await listFor(emulator, "follows-200"))).toHaveLength(200);
    },
  );
});

it("lists the personas", async () => {
  const { value } = await control("GET", "personas");
  expect(value).toStrictEqual(personas.map(({ id, shows }) => ({ id, shows })));
});

it.each([
  ["POST", "calls"],
  ["GET", "nothing"],
])("does not answer %s %s", async (method, path) => {
  expect((await control(method, path)).status).toBe(404);
});
