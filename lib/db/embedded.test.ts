import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { DirectoryInUseError, StoreError } from "./errors";
import { accounts } from "./schema";
import { openStore } from "./store";

const scratch = mkdtempSync(join(tmpdir(), "embedded-test-"));
afterAll(() => rmSync(scratch, { recursive: true }));

test("what was written is there after closing and opening again", async () => {
  const location = { kind: "embedded", directory: join(scratch, "kept", "data") } as const;
  const first = await openStore(location);
  await first.store
    .insert(accounts)
    .values({ email: "ann@example.com", name: "Ann", role: "admin", passwordHash: "x" });
  await first.close();

  const second = await openStore(location);
  expect(await second.store.select().from(accounts)).toHaveLength(1);
  await second.close();
});

test("nobody else on the machine may look into it", async () => {
  const directory = join(scratch, "own", "data");
  await (await openStore({ kind: "embedded", directory })).close();
  expect(statSync(directory).mode & 0o777).toBe(0o700);
});

test("a directory in use names the process that has it", async () => {
  const directory = mkdtempSync(join(scratch, "used-"));
  const other = spawn(process.execPath, ["-e", "process.stdin.resume()"]);
  await once(other, "spawn");
  writeFileSync(join(directory, "lock"), String(other.pid));

  const opening = openStore({ kind: "embedded", directory });
  await expect(opening).rejects.toThrow(DirectoryInUseError);
  await expect(opening).rejects.toThrow(`${directory} is in use by process ${other.pid}:`);

  other.stdin.end();
  await once(other, "exit");
});

test("a path that is a file is one sentence", async () => {
  const directory = join(scratch, "file");
  writeFileSync(directory, "");
  const opening = openStore({ kind: "embedded", directory });
  await expect(opening).rejects.toThrow(StoreError);
  await expect(opening).rejects.toThrow(/^The data directory .* cannot be used: EEXIST/);
});
