import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { lockDirectory } from "@/lib/db/directory-lock";
import { ended, startProgram } from "@/lib/testing/program";

const scratch = mkdtempSync(join(tmpdir(), "start-test-"));
afterAll(() => rmSync(scratch, { recursive: true }));

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(scratch, "d-"));
});

const app = {
  slug: "a",
  name: "A",
  sdkAppId: 1,
  adminId: "a",
  secretKey: "canary-key",
  region: "china",
};
const complete = {
  APP_URL: "http://127.0.0.1:3000",
  AUTH_SECRET: "a secret of these tests, long enough",
  CHAT_APPS: JSON.stringify([app]),
};

const start = (variables: Record<string, string>) =>
  ended(startProgram("lib/cli/start.ts", directory, variables));

function pretendBuild() {
  mkdirSync(join(directory, ".next"));
  writeFileSync(join(directory, ".next", "BUILD_ID"), "test");
}

test("all that is wrong with the environment is said at once, and nothing else", async () => {
  const { exitCode, output, errors } = await start({
    AUTH_SECRET: "canary-secret",
    PORT: "http",
    CHAT_APPS: `${complete.CHAT_APPS}]`,
  });
  expect(exitCode).toBe(1);
  expect(output).toBe("");
  const names = errors
    .trimEnd()
    .split("\n")
    .map((line) => line.split(" ", 1)[0]);
  expect(names).toEqual(["APP_URL", "AUTH_SECRET", "PORT", "CHAT_APPS"]);
  expect(errors).not.toContain("canary");
});

test("a file .env is read, and gives way to the environment", async () => {
  writeFileSync(join(directory, ".env"), "APP_URL=http://127.0.0.1:3000\nPORT=3000\n");
  const { errors } = await start({ ...complete, APP_URL: "", PORT: "http" });
  expect(errors).toMatch(/^PORT is "http"/m);
  const { errors: withoutPort } = await start({ AUTH_SECRET: complete.AUTH_SECRET });
  expect(withoutPort).toMatch(/^CHAT_APPS is not set[^\n]+\n$/);
});

test("a missing build is one sentence", async () => {
  expect(await start(complete)).toEqual({
    exitCode: 1,
    output: "",
    errors: "No build found. Run `npm run build` first.\n",
  });
});

test("a data directory in use is one sentence", async () => {
  pretendBuild();
  mkdirSync(join(directory, ".data"));
  const unlock = await lockDirectory(join(directory, ".data"));
  const { exitCode, errors } = await start(complete);
  unlock();
  expect(exitCode).toBe(1);
  expect(errors).toMatch(/^The data directory .*\.data is in use by another process\. [^\n]+\n$/);
});

test("a database that cannot be reached is one sentence, without its password", async () => {
  pretendBuild();
  const DATABASE_URL = "postgres://desk:must-not-show@127.0.0.1:1/desk";
  const { exitCode, errors } = await start({ ...complete, DATABASE_URL });
  expect(exitCode).toBe(1);
  expect(errors).toMatch(
    /^The database of DATABASE_URL cannot be used: connect ECONNREFUSED[^\n]+\n$/,
  );
  expect(errors).not.toContain("must-not-show");
});
