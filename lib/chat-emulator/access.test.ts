import { deflateSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { call, LIST, signed, testApp } from "../testing/emulator-caller";
import { type Emulator, startEmulator } from "./server";

const otherApp = { sdkAppId: 1400000002, adminId: "administrator", secretKey: "another key" };

let clock: number;
let emulator: Emulator;
beforeEach(async () => {
  clock = Date.now();
  emulator = await startEmulator({ apps: [testApp, otherApp], now: () => clock });
});
afterEach(() => emulator.close());

async function codeFor(parameters: Record<string, string> = {}): Promise<unknown> {
  const answer = await call(emulator, LIST, { Subscriber_Account: "user-1" }, parameters);
  return answer.ErrorCode;
}

describe("a UserSig", () => {
  it.each([
    { what: "no base64 at all", usersig: "???", code: 70003 },
    { what: "not deflated", usersig: Buffer.from("{}").toString("base64"), code: 70003 },
    { what: "no JSON inside", usersig: packed("hello"), code: 70003 },
    { what: "no fields inside", usersig: packed("{}"), code: 70003 },
    { what: "cut off", usersig: signed().slice(0, -20), code: 70003 },
    { what: "for another id", usersig: signed({ ...testApp, adminId: "user-1" }), code: 70013 },
    { what: "for another app", usersig: signed(otherApp), code: 70014 },
    { what: "with a wrong key", usersig: signed({ ...testApp, secretKey: "no" }), code: 70009 },
  ])("$what is refused with $code", async ({ usersig, code }) => {
    expect(await codeFor({ usersig })).toBe(code);
  });

  it("holds until its last second and not longer", async () => {
    const usersig = signed(testApp, 60);
    clock += 59_000;
    expect(await codeFor({ usersig })).toBe(0);
    clock += 3000;
    expect(await codeFor({ usersig })).toBe(70001);
  });

  it("closes the app for a minute after ten failed checks, and only this app", async () => {
    const usersig = signed({ ...testApp, secretKey: "no" });
    for (let failed = 0; failed < 10; failed++) expect(await codeFor({ usersig })).toBe(70009);
    expect(await codeFor()).toBe(70050);
    const other = { sdkappid: String(otherApp.sdkAppId), usersig: signed(otherApp) };
    expect(await codeFor(other)).toBe(0);
    clock += 59_999;
    expect(await codeFor()).toBe(70050);
    clock += 1;
    expect(await codeFor()).toBe(0);
  });

  it("may be too old any number of times", async () => {
    const usersig = signed(testApp, 1);
    clock += 60_000;
    for (let expired = 0; expired < 11; expired++) expect(await codeFor({ usersig })).toBe(70001);
  });

  it("forgets failed checks after a minute", async () => {
    const usersig = signed({ ...testApp, secretKey: "no" });
    for (let failed = 0; failed < 9; failed++) await codeFor({ usersig });
    clock += 60_000;
    expect(await codeFor({ usersig })).toBe(70009);
    expect(await codeFor()).toBe(0);
  });
});

describe("the rate", () => {
  it("is 200 calls in any second for an app", async () => {
    const codes = await Promise.all(Array.from({ length: 201 }, () => codeFor()));
    expect(codes.filter((code) => code === 0)).toHaveLength(200);
    expect(codes.filter((code) => code === 60011)).toHaveLength(1);
    const other = { sdkappid: String(otherApp.sdkAppId), usersig: signed(otherApp) };
    expect(await codeFor(other)).toBe(0);
    clock += 999;
    expect(await codeFor()).toBe(60011);
    clock += 1;
    expect(await codeFor()).toBe(0);
  });

  it("slides, and can be set", async () => {
    emulator.set({ callsPerSecond: 2 });
    expect(await codeFor()).toBe(0);
    clock += 600;
    expect(await codeFor()).toBe(0);
    clock += 399;
    expect(await codeFor()).toBe(60011);
    clock += 1;
    expect(await codeFor()).toBe(0);
    expect(await codeFor()).toBe(60011);
  });
});

function packed(text: string): string {
  return deflateSync(text).toString("base64").replaceAll("+", "*").replaceAll("/", "-");
}
