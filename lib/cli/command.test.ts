import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { ended, startProgram } from "@/lib/testing/program";

const module = (name: string) =>
  JSON.stringify(pathToFileURL(resolve(process.cwd(), "lib/cli", `${name}.ts`)).href);

// A command that lasts, says when it is ready, and tells what it closes.
const lasting = `
  import { runCommand } from ${module("command")};
  runCommand(async ({ atEnd }) => {
    atEnd(() => console.log("closed first thing"));
    atEnd(async () => console.log("closed second thing"));
    setInterval(() => {}, 60_000);
    process.send("ready");
  });`;

async function started(script: string): Promise<ChildProcess> {
  const child = startProgram({ script }, tmpdir());
  await once(child, "message");
  return child;
}

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "%s closes the newest first",
  async (signal) => {
    const child = await started(lasting);
    const result = ended(child);
    child.kill(signal);
    child.kill(signal);
    expect(await result).toEqual({
      exitCode: 0,
      output: "closed second thing\nclosed first thing\n",
      errors: "",
    });
  },
);

test("the end of the channel does the same", async () => {
  const child = await started(lasting);
  const result = ended(child);
  child.disconnect();
  expect(await result).toMatchObject({ exitCode: 0, output: expect.stringContaining("first") });
});

test("a failure the user can mend is its sentence alone, and closes too", async () => {
  const script = `
    import { CommandError, runCommand } from ${module("command")};
    runCommand(async ({ atEnd }) => {
      atEnd(() => console.log("closed"));
      throw new CommandError("This cannot be done.");
    });`;
  expect(await ended(startProgram({ script }, tmpdir()))).toEqual({
    exitCode: 1,
    output: "closed\n",
    errors: "This cannot be done.\n",
  });
});

test("a failure that is a bug keeps its stack", async () => {
  const script = `
    import { runCommand } from ${module("command")};
    runCommand(async () => { throw new Error("bug"); });`;
  const { exitCode, errors } = await ended(startProgram({ script }, tmpdir()));
  expect(exitCode).toBe(1);
  expect(errors).toMatch(/Error: bug\n\s+at /);
});

test("a command of one terminal ends when its parent was killed", async () => {
  const orphan = `
    import { runCommand } from ${module("command")};
    import { endWithParent } from ${module("children")};
    runCommand(async (life) => {
      endWithParent(life);
      setInterval(() => {}, 60_000);
      console.log("ready");
    });`;
  const parent = startProgram(
    {
      script: `
        import { spawn } from "node:child_process";
        const args = [...process.execArgv.slice(0, 2), "--input-type=module", "--eval", ${JSON.stringify(orphan)}];
        const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
        child.stdout.once("data", () => process.send("ready"));`,
    },
    tmpdir(),
  );
  await once(parent, "message");
  const result = ended(parent);
  parent.kill("SIGKILL");
  // Its standard error is the orphan's too, and closes only when that has ended.
  expect((await result).errors).toBe("The parent process has ended.\n");
});
