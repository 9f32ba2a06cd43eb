import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { testApp } from "../testing/emulator-caller";
import { startEmulator } from "./server";

const root = fileURLToPath(new URL("../..", import.meta.url));
const GIVEN_APPS = { EMULATOR_APPS: JSON.stringify([testApp]) };

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});

function run(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ["--import", "tsx", "lib/chat-emulator/cli.ts", ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, NODE_ENV: "test", ...env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  started.push(child);
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error("no pipes");
  return { child, stdout, stderr };
}

async function firstLines(stdout: Readable, count: number): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: stdout })) {
    if (lines.push(line) === count) break;
  }
  return lines;
}

async function failureOf(args: string[], env: Record<string, string> = {}) {
  const { child, ...streams } = run(args, env);
  const [stdout, stderr, [code]] = await Promise.all([
    text(streams.stdout),
    text(streams.stderr),
    once(child, "exit"),
  ]);
  return { code, stdout, stderr };
}

describe("the emulator's command", () => {
  it("says where it listens, then with what to use it", async () => {
    const { stdout } = run(["--port", "0"]);
    const [ready, chatApps] = await firstLines(stdout, 2);
    const url = ready?.match(/^Emulator listening on (http:\/\/127\.0\.0\.1:\d+)$/)?.[1];
    const apps = JSON.parse(chatApps?.match(/^CHAT_APPS='(.*)'$/)?.[1] ?? "null");
    expect(apps).toStrictEqual([
      {
        slug: "sample",
        name: "Sample app",
        sdkAppId: 1400000001,
        adminId: "administrator",
        secretKey: expect.stringMatching(/^[0-9a-f]{64}$/),
        baseUrl: url,
      },
    ]);
    expect((await fetch(`${url}/emulator/personas`)).status).toBe(200);
  });

  it.each(["SIGINT", "SIGTERM"] as const)("ends well at %s, open calls or not", async (signal) => {
    const { child, stdout } = run(["--port", "0", "--delay", "600000"], GIVEN_APPS);
    const output = text(stdout);
    const [ready] = await once(stdout, "data");
    const url = /http:\S+/.exec(String(ready))?.[0];
    const waiting = fetch(`${url}/v4/waits`, { method: "POST" }).catch(() => "ended");
    const noted = async () => (await fetch(`${url}/emulator/calls`)).text();
    while ((await noted()) === "[]");
    child.kill(signal);
    expect(await once(child, "exit")).toStrictEqual([0, null]);
    expect(await waiting).toBe("ended");
    // Keys that it was given it keeps for itself.
    expect(await output).toBe(`Emulator listening on ${url}\n`);
  });

  it("ends with its parent", async () => {
    const { child, stdout } = run(["--port", "0"], GIVEN_APPS);
    await firstLines(stdout, 1);
    child.disconnect();
    expect(await once(child, "exit")).toStrictEqual([0, null]);
  });

  it("says that the port is in use", async () => {
    const other = await startEmulator({ apps: [testApp] });
    const { port } = new URL(other.url);
    const failure = await failureOf(["--port", port]);
    await other.close();
    expect(failure).toStrictEqual({
      code: 1,
      stdout: "",
      stderr: `Port ${port} on 127.0.0.1 is already in use: choose another with --port or --host.\n`,
    });
  });

  it.each([
    {
      args: ["--host", "192.0.2.1"],
      env: GIVEN_APPS,
      says: /^Port 4010 on 192.0.2.1 cannot be used/,
    },
    { args: ["--port", "x"], env: GIVEN_APPS, says: /^--port should be a whole number/ },
    { args: [], env: { EMULATOR_APPS: "{}" }, says: /^EMULATOR_APPS should be a JSON array/ },
  ])("says what is wrong with $args and $env", async ({ args, env, says }) => {
    const { code, stdout, stderr } = await failureOf(args, env);
    expect({ code, stdout }).toStrictEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(says);
    expect(stderr).toMatch(/^.+\.\n$/);
  });
});
