import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { portOfWorker, startProgram } from "./desk";
import { expect, test } from "./fixtures";

let directory: string;
test.beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "channel-desk-start-"));
});
test.afterEach(() => rmSync(directory, { recursive: true, force: true }));

const START = "lib/cli/start.ts";

async function variables(): Promise<Record<string, string>> {
  const port = await portOfWorker();
  const app = { slug: "demo", name: "Demo", sdkAppId: 1, adminId: "one", secretKey: "secret-key" };
  return {
    APP_URL: `http://127.0.0.1:${port}`,
    AUTH_SECRET: "a secret of at least 32 characters",
    CHAT_APPS: JSON.stringify([{ ...app, baseUrl: "http://127.0.0.1:9" }]),
    DATA_DIR: directory,
    PORT: String(port),
    LISTEN_ADDRESS: "127.0.0.1",
  };
}

test("a wrong or missing variable is named, with what would be right, and no secret", async () => {
  const good = await variables();
  const program = startProgram(START, {
    ...good,
    AUTH_SECRET: "too short",
    CHAT_APPS: `${good.CHAT_APPS}]`,
    APP_URL: "",
  });
  expect(await program.ended).toBe(1);
  const lines = program.output().trim().split("\n");
  expect(lines.map((line) => line.split(" ")[0]).sort()).toEqual([
    "APP_URL",
    "AUTH_SECRET",
    "CHAT_APPS",
  ]);
  expect(program.output()).not.toContain("too short");
  expect(program.output()).not.toContain("secret-key");
});

test("a port in use is one sentence", async ({ desk }) => {
  const { port } = new URL(desk.url);
  const program = startProgram(START, { ...(await variables()), PORT: port });
  expect(await program.ended).toBe(1);
  expect(program.output()).toContain(`Port ${port} is in use:`);
});

test("a data directory in use is one sentence", async ({ desk }) => {
  const program = startProgram(START, { ...(await variables()), DATA_DIR: desk.directory });
  expect(await program.ended).toBe(1);
  expect(program.output().trim().split("\n")).toHaveLength(1);
  expect(program.output()).toContain(desk.directory);
});
