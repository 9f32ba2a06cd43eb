import { Agent, request } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { address, call, LIST, listFor, rowsOf, testApp } from "../testing/emulator-caller";
import { type Emulator, startEmulator } from "./server";

const NOW = Date.UTC(2026, 10, 23);

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator({ apps: [testApp], now: () => NOW });
});
afterEach(() => emulator.close());

describe("the vendor's sample", () => {
  it("is answered as the page shows it", async () => {
    const answer = await call(emulator, LIST, {
      Subscriber_Account: "107867",
      Limit: 200,
      Offset: 0,
      ResponseFilter: {
        OfficialAccountBaseInfoFilter: [
          "CreateTime",
          "Name",
          "Owner_Account",
          "LastMsgTime",
          "SubscriberNum",
          "Introduction",
          "FaceUrl",
          "Organization",
          "CustomString",
        ],
        SelfInfoFilter: ["SubscribeTime", "CustomString"],
      },
    });
    const rows = rowsOf(answer);
    expect(rows[0]).toStrictEqual({
      Name: "test_mill_subscriber_OA",
      Official_Account: "@TOA#_test_mill_subscriber_OA",
      Owner_Account: "107867",
      LastMsgTime: 1698894911,
      SubscriberNum: 499800,
      Introduction: "This is test Introduction",
      FaceUrl: "http://this.is.face.url",
      Organization: "Tencent",
      CustomString: "test_custom_string",
      SelfInfo: { SubscribeTime: 1700655351, CustomString: "" },
    });
    expect(rows).toHaveLength(8);
    expect({ ...answer, OfficialAccountInfoList: [] }).toStrictEqual({
      ActionStatus: "OK",
      ErrorInfo: "",
      ErrorCode: 0,
      TotalCount: 8,
      OfficialAccountInfoList: [],
      CompleteFlag: 1,
      Next: 0,
    });
  });

  it("gives the same answer from another emulator at the same time", async () => {
    const other = await startEmulator({ apps: [testApp], now: () => NOW });
    const [one, two] = await Promise.all([listFor(emulator, "user-7"), listFor(other, "user-7")]);
    await other.close();
    expect(JSON.stringify(two).replaceAll(other.url, emulator.url)).toBe(JSON.stringify(one));
  });
});

describe("the transport", () => {
  it("says what it sends, with its length", async () => {
    const response = await fetch(address(emulator, LIST), { method: "POST", body: "{}" });
    const bytes = await response.arrayBuffer();
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.get("content-length")).toBe(String(bytes.byteLength));
  });

  it("keeps connections open", async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    expect(await isSocketReused(agent)).toBe(false);
    expect(await isSocketReused(agent)).toBe(true);
    agent.destroy();
  });

  it.each(["GET", "PUT", "DELETE", "HEAD"])("answers %s with HTTP 405", async (method) => {
    const response = await fetch(address(emulator, LIST), { method });
    expect(response.status).toBe(405);
  });

  it.each(["nothing/here", `${LIST}/`, LIST.toUpperCase()])("does not know %s", async (path) => {
    expect(await call(emulator, path, {})).toMatchObject({
      ActionStatus: "FAIL",
      ErrorCode: 60009,
    });
  });

  it.each(["", "{", "[]", "1", "null"])("refuses %j as a body", async (body) => {
    const response = await fetch(address(emulator, LIST), { method: "POST", body });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ ErrorCode: 60003 });
  });

  it("answers a second call while a delayed one waits, and ends the waiting one on close", async () => {
    emulator.set({ delayMs: 1_000_000 });
    const waiting = listFor(emulator, "user-1").catch((error: Error) => error.message);
    while (emulator.calls.length === 0) await new Promise(setImmediate);
    emulator.set({ delayMs: 0 });
    await expect(listFor(emulator, "user-1")).resolves.toMatchObject({ ErrorCode: 0 });
    await emulator.close();
    expect(await waiting).toBe("fetch failed");
  });

  it("can be closed twice, and then listens no more", async () => {
    await Promise.all([emulator.close(), emulator.close()]);
    await expect(listFor(emulator, "user-1")).rejects.toThrow("fetch failed");
  });
});

describe("avatars", () => {
  it("are pictures at the address by which the emulator was called", async () => {
    const rows = rowsOf(await listFor(emulator, "follows-200"));
    const own = rows.map((row) => String(row.FaceUrl)).filter((url) => url.includes("/avatars/"));
    const present = own.find((url) => !url.includes("gone"));
    const gone = own.find((url) => url.includes("gone"));
    expect(own.every((url) => url.startsWith(`${emulator.url}/`))).toBe(true);
    const picture = await fetch(String(present));
    expect(picture.headers.get("content-type")).toBe("image/svg+xml");
    expect(await picture.text()).toMatch(/^<svg [^>]*width="56" height="56">.*<\/svg>$/);
    expect((await fetch(String(gone))).status).toBe(404);
  });
});

function isSocketReused(agent: Agent): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const sent = request(address(emulator, LIST), { method: "POST", agent }, (response) => {
      response.resume().once("end", () => setImmediate(resolve, sent.reusedSocket));
    });
    sent.once("error", reject).end("{}");
  });
}
