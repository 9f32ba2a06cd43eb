import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "vite";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { lockDirectory } from "./directory-lock";
import { DirectoryInUseError } from "./errors";

const scratch = mkdtempSync(join(tmpdir(), "lock-test-"));
afterAll(() => rmSync(scratch, { recursive: true }));

// Compiled once: the loader of TypeScript takes half a second in each of the processes below.
beforeAll(() =>
  build({
    ...{ configFile: false, logLevel: "error" },
    build: { ssr: "lib/db/directory-lock.ts", outDir: scratch, emptyOutDir: false },
  }),
);

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(scratch, "d-"));
});
const sockets = () => readdirSync(directory).filter((name) => name.endsWith(".sock"));

/** Takes the lock, prints so, and keeps it until its standard input ends. Then it exits by itself. */
function holder(wrapper: readonly string[] = []): ChildProcess {
  const script = `
    import { lockDirectory } from ${JSON.stringify(join(scratch, "directory-lock.js"))};
    process.stdin.resume();
    try { await lockDirectory(${JSON.stringify(directory)}); console.log("locked"); }
    catch (error) { console.log(error.message); }`;
  const [command = "", ...args] = [
    ...wrapper,
    process.execPath,
    ...["--input-type=module", "-e", script],
  ];
  return spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error("The output is not piped.");
  for await (const line of createInterface(child.stdout)) return line;
  return "";
}

async function end(...children: readonly ChildProcess[]): Promise<void> {
  const ended = children.map((child) => child.exitCode ?? once(child, "exit"));
  for (const child of children) child.stdin?.end();
  await Promise.all(ended);
}

const inUse = () => `The data directory ${directory} is in use by another process.`;

test("another process holds the directory until it ends", async () => {
  const other = holder();
  expect(await firstLine(other)).toBe("locked");
  await expect(lockDirectory(directory)).rejects.toThrow(DirectoryInUseError);
  await expect(lockDirectory(directory)).rejects.toThrow(inUse());

  await end(other);
  expect(readdirSync(directory)).toEqual([]);
  (await lockDirectory(directory))();
});

test("another process is refused while this one holds the directory, and let in afterwards", async () => {
  const unlock = await lockDirectory(directory);
  const refused = holder();
  expect(await firstLine(refused)).toContain(inUse());
  unlock();
  const admitted = holder();
  expect(await firstLine(admitted)).toBe("locked");
  await end(refused, admitted);
});

test("the same process is refused a second time, because two databases would be open", async () => {
  const unlock = await lockDirectory(directory);
  await expect(lockDirectory(directory)).rejects.toThrow(DirectoryInUseError);
  unlock();
  (await lockDirectory(directory))();
});

test("after kill -9 the next process starts at once and removes the socket", async () => {
  const other = holder();
  await firstLine(other);
  const [left] = sockets();
  other.kill("SIGKILL");
  await once(other, "exit");
  expect(sockets()).toEqual([left]);

  const unlock = await lockDirectory(directory);
  expect(sockets()).toHaveLength(1);
  expect(sockets()).not.toContain(left);
  unlock();
});

test("after kill -9 an unrelated process with the same number does not block the start", async () => {
  const other = holder();
  await firstLine(other);
  other.kill("SIGKILL");
  await once(other, "exit");
  // As this version leaves it, and as older ones do.
  for (const content of [`${process.ppid}\n`, String(process.ppid)]) {
    writeFileSync(join(directory, "lock"), content);
    (await lockDirectory(directory))();
    expect(readdirSync(directory)).toEqual([]);
  }
});

test("of many that start at once on a stale lock, exactly one gets the directory", async () => {
  const dead = holder();
  await firstLine(dead);
  dead.kill("SIGKILL");
  await once(dead, "exit");
  const others = Array.from({ length: 6 }, () => holder());
  const lines = await Promise.all(others.map(firstLine));
  expect(lines.filter((line) => line === "locked")).toHaveLength(1);
  expect(lines.filter((line) => line.startsWith(inUse()))).toHaveLength(5);
  await end(...others);
});

test.each([2, 2, 2, 2, 2])(
  "of %i calls at once in this process, exactly one wins",
  async (count) => {
    const results = await Promise.allSettled(
      Array.from({ length: count }, () => lockDirectory(directory)),
    );
    const won = results.filter((result) => result.status === "fulfilled");
    expect(won).toHaveLength(1);
    won[0]?.value();
  },
);

const namespaces = [
  ["--pid", "--fork"],
  ["--user", "--map-root-user", "--pid", "--fork"],
].find((options) => spawnSync("unshare", [...options, "true"]).status === 0);
if (namespaces === undefined) {
  process.stderr.write("Skipped: unshare cannot make pid namespaces here.\n");
}

describe.skipIf(namespaces === undefined)("in separate pid namespaces", () => {
  const contained = () => holder(["unshare", ...(namespaces ?? [])]);

  test("the second of two processes that are both number 1 is refused", async () => {
    const first = contained();
    expect(await firstLine(first)).toBe("locked");
    const second = contained();
    expect(await firstLine(second)).toContain(inUse());
    await end(first, second);
    const third = contained();
    expect(await firstLine(third)).toBe("locked");
    await end(third);
  });

  test("of four that start at once, exactly one wins", async () => {
    const others = [contained(), contained(), contained(), contained()];
    const lines = await Promise.all(others.map(firstLine));
    expect(lines.filter((line) => line === "locked")).toHaveLength(1);
    await end(...others);
  });
});

describe("a version that knows a process id only", () => {
  /** Keeps a file of the directory open, as a running database does, until its standard input ends. */
  async function olderVersion(): Promise<ChildProcess> {
    mkdirSync(join(directory, "database"));
    const script = `
      require("node:fs").openSync(${JSON.stringify(join(directory, "database", "PG_VERSION"))}, "w");
      require("node:fs").writeFileSync(${JSON.stringify(join(directory, "lock"))}, String(process.pid));
      console.log("open"); process.stdin.resume();`;
    const child = spawn(process.execPath, ["-e", script], { stdio: ["pipe", "pipe", "inherit"] });
    expect(await firstLine(child)).toBe("open");
    return child;
  }

  test("that is running keeps this one out", async () => {
    const older = await olderVersion();
    await expect(lockDirectory(directory)).rejects.toThrow(DirectoryInUseError);
    expect(sockets()).toEqual([]);
    await end(older);
    (await lockDirectory(directory))();
  });

  test("is kept out by this one: it finds a living process in the file", async () => {
    const unlock = await lockDirectory(directory);
    const older = spawnSync(process.execPath, [
      "-p",
      `process.kill(Number(require("node:fs").readFileSync(${JSON.stringify(join(directory, "lock"))}, "utf8")), 0)`,
    ]);
    expect(String(older.stdout).trim()).toBe("true");
    unlock();
    expect(existsSync(join(directory, "lock"))).toBe(false);
  });

  test.each(["", "not a number", "1.5", "-1"])(
    "a file that holds %j is nobody's",
    async (content) => {
      writeFileSync(join(directory, "lock"), content);
      (await lockDirectory(directory))();
    },
  );
});

test("a path that is too long for a socket works", async () => {
  directory = join(directory, "a".repeat(120), "b".repeat(120));
  mkdirSync(directory, { recursive: true });
  const other = holder();
  expect(await firstLine(other)).toBe("locked");
  await expect(lockDirectory(directory)).rejects.toThrow(DirectoryInUseError);
  await end(other);
  (await lockDirectory(directory))();
  expect(readdirSync(directory)).toEqual([]);
});
