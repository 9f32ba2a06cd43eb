import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeEach, expect, test } from "vitest";
import { lockDirectory } from "./directory-lock";
import { DirectoryInUseError } from "./errors";

const scratch = mkdtempSync(join(tmpdir(), "lock-test-"));
afterAll(() => rmSync(scratch, { recursive: true }));

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(scratch, "d-"));
});
const lockFile = () => join(directory, "lock");

// Takes the lock, says so, and keeps it until its standard input ends; then leaves by itself.
function holder(): ChildProcess {
  const script = `
    import { lockDirectory } from ${JSON.stringify(fileURLToPath(new URL("directory-lock.ts", import.meta.url)))};
    try { lockDirectory(${JSON.stringify(directory)}); console.log("locked"); process.stdin.resume(); }
    catch (error) { console.log(error.message); }`;
  return spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", script], {
    stdio: ["pipe", "pipe", "inherit"],
  });
}

async function firstLine(child: ChildProcess): Promise<string> {
  const [chunk] = await once(child.stdout ?? child, "data");
  return String(chunk).trim();
}

test("another process holds the directory until it ends", async () => {
  const other = holder();
  expect(await firstLine(other)).toBe("locked");
  expect(() => lockDirectory(directory)).toThrow(DirectoryInUseError);
  expect(() => lockDirectory(directory)).toThrow(`in use by process ${other.pid}`);

  other.stdin?.end();
  await once(other, "exit");
  expect(existsSync(lockFile())).toBe(false);
  lockDirectory(directory)();
});

test("another process is refused while we hold it, and let in after", async () => {
  const unlock = lockDirectory(directory);
  const refused = holder();
  expect(await firstLine(refused)).toContain(`in use by process ${process.pid}`);
  unlock();
  const admitted = holder();
  expect(await firstLine(admitted)).toBe("locked");
  admitted.stdin?.end();
  await once(admitted, "exit");
});

test("the lock of a process that was killed is taken over", async () => {
  const other = holder();
  await firstLine(other);
  other.kill("SIGKILL");
  await once(other, "exit");
  expect(existsSync(lockFile())).toBe(true);

  const unlock = lockDirectory(directory);
  expect(readFileSync(lockFile(), "utf8")).toBe(String(process.pid));
  unlock();
});

test("of many that find a dead holder, exactly one gets the directory", async () => {
  const dead = spawn(process.execPath, ["-e", ""]);
  await once(dead, "exit");
  writeFileSync(lockFile(), String(dead.pid));
  const others = [1, 2, 3, 4].map(holder);
  const lines = await Promise.all(others.map(firstLine));
  expect(lines.filter((line) => line === "locked")).toHaveLength(1);
  for (const other of others) other.stdin?.end();
  await Promise.all(others.map((other) => other.exitCode ?? once(other, "exit")));
});

test.each(["", "not a number"])("a lock that holds %j is nobody's", (content) => {
  writeFileSync(lockFile(), content);
  lockDirectory(directory)();
  expect(existsSync(lockFile())).toBe(false);
});

test("the same process may take it twice, and giving it free leaves another's lock alone", () => {
  const first = lockDirectory(directory);
  lockDirectory(directory);
  writeFileSync(lockFile(), "1");
  first();
  expect(readFileSync(lockFile(), "utf8")).toBe("1");
});
