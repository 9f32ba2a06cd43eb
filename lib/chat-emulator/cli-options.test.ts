import { describe, expect, it } from "vitest";
import { testApp } from "../testing/emulator-caller";
import { parseCli } from "./cli-options";

const apps = JSON.stringify([testApp]);

it("reads flags and apps", () => {
  const args = ["--port", "0", "--host", "::1", "--delay=30"];
  expect(parseCli(args, apps)).toStrictEqual({
    port: 0,
    host: "::1",
    delayMs: 30,
    apps: [testApp],
    isSample: false,
  });
});

it("makes a sample app with a new key each time when none is given", () => {
  const [one, two] = [parseCli([], undefined), parseCli([], undefined)];
  expect(one).toMatchObject({ port: 4010, host: "127.0.0.1", delayMs: 0, isSample: true });
  expect(one.apps).toMatchObject([{ sdkAppId: 1400000001, adminId: "administrator" }]);
  expect(one.apps[0]?.secretKey).not.toBe(two.apps[0]?.secretKey);
});

describe("says in one sentence what would be right instead of", () => {
  it.each([
    { args: ["--port", "x"], says: '--port should be a whole number from 0 to 65535, not "x".' },
    { args: ["--port", "70000"], says: "--port should be a whole number from 0 to 65535" },
    { args: ["--port", ""], says: "--port should be a whole number" },
    { args: ["--delay=-1"], says: "--delay should be a whole number from 0 to 600000" },
    { args: ["--port"], says: "the flags are --port <number>" },
    { args: ["--speed", "1"], says: "the flags are --port <number>, --host <address> and --delay" },
    { args: ["4010"], says: "the flags are --port <number>" },
  ])("$args", ({ args, says }) => {
    expect(() => parseCli(args, apps)).toThrow(says);
    expect(() => parseCli(args, apps)).toThrow(/^[^.]+\.$/);
  });

  it.each([
    "",
    "{}",
    "[]",
    "[1]",
    '[{"sdkAppId":"1","adminId":"a","secretKey":"k"}]',
    '[{"sdkAppId":-1,"adminId":"a","secretKey":"k"}]',
    '[{"sdkAppId":1,"adminId":"","secretKey":"k"}]',
    '[{"sdkAppId":1,"adminId":"a","secretKey":""}]',
  ])("EMULATOR_APPS %s", (text) => {
    expect(() => parseCli([], text)).toThrow(
      /^EMULATOR_APPS should be a JSON array such as \[.+\.$/,
    );
  });
});
