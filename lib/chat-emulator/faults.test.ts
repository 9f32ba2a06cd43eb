import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { address, call, LIST, listFor, rowsOf, testApp } from "../testing/emulator-caller";
import { type Emulator, startEmulator } from "./server";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ apps: [testApp] });
});
afterAll(() => emulator.close());

function post(subscriber: string): Promise<Response> {
  const body = JSON.stringify({ Subscriber_Account: subscriber });
  return fetch(address(emulator, LIST), { method: "POST", body });
}

/** The code of the network error with which a promise rejects. */
function networkError(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => "no error",
    (error: Error) => Object(error.cause).code,
  );
}

describe("on the wire", () => {
  it("fault-reset resets the connection without an answer", async () => {
    expect(await networkError(post("fault-reset"))).toBe("ECONNRESET");
  });

  it("fault-reset-midway breaks off in the body", async () => {
    const response = await post("fault-reset-midway");
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await networkError(response.text())).toBe("UND_ERR_SOCKET");
  });

  it("fault-502 is HTTP 502 with HTML", async () => {
    const response = await post("fault-502");
    expect(response.status).toBe(502);
    expect(response.headers.get("content-type")).toBe("text/html");
    expect(await response.text()).toMatch(/^<html>/);
  });

  it("fault-html is HTTP 200 with HTML", async () => {
    const response = await post("fault-html");
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/html");
    expect(await response.text()).toMatch(/^<!doctype html>/);
  });

  it("fault-truncated is half a JSON text with the length of that half", async () => {
    const response = await post("fault-truncated");
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(response.headers.get("content-length")).toBe(String(bytes.length));
    expect(bytes.toString()).toMatch(/^\{"ActionStatus":"OK"/);
    expect(() => JSON.parse(bytes.toString())).toThrow(SyntaxError);
  });

  it("fault-big-body is valid and has more than eight megabytes", async () => {
    const text = await (await post("fault-big-body")).text();
    expect(text.length).toBeGreaterThan(8 * 1024 * 1024);
    expect(JSON.parse(text)).toMatchObject({ ErrorCode: 0, TotalCount: 40 });
  });

  it("fault-hanging and a slow fault-slow wait while others are answered", async () => {
    const own = await startEmulator({ apps: [testApp] });
    own.set({ slowMs: 1_000_000 });
    const waiting = ["fault-hanging", "fault-slow"].map((subscriber) =>
      listFor(own, subscriber).catch((error: Error) => error.message),
    );
    while (own.calls.length < 2) await new Promise(setImmediate);
    own.set({ slowMs: 1 });
    expect(await listFor(own, "fault-slow")).toMatchObject({ ErrorCode: 0, TotalCount: 40 });
    await own.close();
    expect(await Promise.all(waiting)).toStrictEqual(["fetch failed", "fetch failed"]);
  });
});

describe("in the JSON", () => {
  it("fault-numeric-strings has strings for numbers, nulls, and fields nobody knows", async () => {
    const answer = await listFor(emulator, "fault-numeric-strings");
    expect(answer).toMatchObject({
      ErrorCode: "0",
      TotalCount: "12",
      CompleteFlag: "1",
      Next: "0",
      RequestId: expect.any(String),
    });
    const [first, second] = rowsOf(answer);
    expect(first).toMatchObject({
      SubscriberNum: "5000000000",
      LastMsgTime: expect.stringMatching(/^\d+$/),
      Introduction: null,
      FaceUrl: null,
      SelfInfo: { SubscribeTime: expect.stringMatching(/^\d+$/) },
      Verified: { Level: 3 },
    });
    expect(second?.SelfInfo).toBeNull();
  });

  it("fault-numeric-strings still brings only the asked fields", async () => {
    const answer = await call(emulator, LIST, {
      Subscriber_Account: "fault-numeric-strings",
      ResponseFilter: { OfficialAccountBaseInfoFilter: ["Name"] },
    });
    expect(Object.keys(rowsOf(answer)[0] ?? {}).sort()).toStrictEqual([
      "Name",
      "Official_Account",
      "SelfInfo",
      "Verified",
    ]);
  });

  it("fault-nonsense counts below zero and forgets an id", async () => {
    const answer = await listFor(emulator, "fault-nonsense");
    expect(answer).toMatchObject({ ErrorCode: 0, TotalCount: -1 });
    const rows = rowsOf(answer);
    expect(rows[1]?.SubscriberNum).toBe(-5);
    expect(rows.filter((row) => !("Official_Account" in row))).toStrictEqual([rows[2]]);
  });

  it("fault-hostile carries its texts unchanged", async () => {
    const rows = rowsOf(await listFor(emulator, "fault-hostile"));
    const all = rows.flatMap((row) => Object.values(row)).join("\n");
    for (const needle of [
      "<script>",
      "=cmd|",
      "\u202e",
      "\u200b",
      "\u0000",
      "W".repeat(600),
      "👩‍👩‍👧‍👦",
    ]) {
      expect(all).toContain(needle);
    }
    const schemes = rows.map((row) => String(row.FaceUrl).split(":")[0]?.trim());
    expect(schemes).toEqual(
      expect.arrayContaining(["javascript", "data", "file", "//evil.example/avatar.png", "http"]),
    );
  });
});
