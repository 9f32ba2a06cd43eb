import { afterAll, beforeAll, expect, it } from "vitest";
import { call, LIST, testApp } from "../testing/emulator-caller";
import { type Emulator, startEmulator } from "./server";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ apps: [testApp] });
});
afterAll(() => emulator.close());

it.each([
  { parameters: { sdkappid: undefined }, code: 60012 },
  { parameters: { sdkappid: "" }, code: 60012 },
  { parameters: { sdkappid: "abc" }, code: 60006 },
  { parameters: { sdkappid: "-1" }, code: 60006 },
  { parameters: { sdkappid: "1400000002" }, code: 70020 },
  { parameters: { identifier: undefined }, code: 60010 },
  { parameters: { identifier: "user-1" }, code: 60010 },
  { parameters: { identifier: "Administrator" }, code: 60010 },
  { parameters: { usersig: undefined }, code: 70002 },
  { parameters: { usersig: "" }, code: 70002 },
  { parameters: { random: undefined }, code: 60002 },
  { parameters: { random: "-1" }, code: 60002 },
  { parameters: { random: "1.5" }, code: 60002 },
  { parameters: { random: "4294967296" }, code: 60002 },
  { parameters: { contenttype: undefined }, code: 60002 },
  { parameters: { contenttype: "JSON" }, code: 60002 },
])("$parameters is refused with $code", async ({ parameters, code }) => {
  const answer = await call(emulator, LIST, { Subscriber_Account: "user-1" }, parameters);
  expect(answer).toStrictEqual({
    ActionStatus: "FAIL",
    ErrorInfo: expect.stringMatching(/\S/),
    ErrorCode: code,
  });
});

it.each(["0", "4294967295"])("accepts %s as random", async (random) => {
  const answer = await call(emulator, LIST, { Subscriber_Account: "user-1" }, { random });
  expect(answer).toMatchObject({ ActionStatus: "OK", ErrorCode: 0 });
});

it("reads the names of parameters with their case", async () => {
  const parameters = { sdkappid: undefined, SdkAppid: String(testApp.sdkAppId) };
  const answer = await call(emulator, LIST, { Subscriber_Account: "user-1" }, parameters);
  expect(answer.ErrorCode).toBe(60012);
});
