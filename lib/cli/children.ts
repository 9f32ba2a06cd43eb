import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { CommandError, type Lifetime } from "./command";

/** Builds the dashboard for production. Its output is shown only if it fails. */
export async function buildDesk({ atEnd }: Lifetime): Promise<void> {
  const child = spawn(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  atEnd(() => endChild(child));
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => output.push(part));
  const [exitCode] = await once(child, "close");
  if (exitCode === 0) return;
  throw new CommandError(`The dashboard could not be built:\n\n${Buffer.concat(output)}`);
}

export type EmulatedApp = {
  readonly sdkAppId: number;
  readonly adminId: string;
  readonly secretKey: string;
};

/** Starts the emulator for these apps on a free port of this machine, and gives its base address. */
export async function startEmulator(apps: readonly EmulatedApp[], life: Lifetime): Promise<string> {
  // A process group of its own, so that Ctrl-C reaches only us. A channel, so that it ends if we
  // are killed.
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "lib/chat-emulator/cli.ts", "--port", "0", "--host", "127.0.0.1"],
    {
      detached: true,
      stdio: ["ignore", "pipe", "inherit", "ipc"],
      env: { ...process.env, EMULATOR_APPS: JSON.stringify(apps) },
    },
  );
  life.atEnd(() => endChild(child));
  const line = child.stdout === null ? "" : await firstLine(child.stdout);
  const address = /^Emulator listening on (\S+)$/.exec(line)?.[1];
  if (address === undefined) throw new CommandError("The emulator did not start.");
  child.once("exit", () => life.fail(new CommandError("The emulator has stopped.")));
  return address;
}

/** Returns an empty string if the stream ends without a line. */
async function firstLine(stream: Readable): Promise<string> {
  for await (const line of createInterface(stream)) {
    // Drains the rest, so that the pipe does not fill.
    stream.resume();
    return line;
  }
  return "";
}

/** Ends a child process group and resolves after its exit. */
async function endChild(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  process.kill(-child.pid, "SIGTERM");
  await gone;
}

const CHECK_MS = 500;

/** Ends a command whose parent process was killed. */
export function endWithParent({ fail }: Lifetime): void {
  const parent = process.ppid;
  const check = () => {
    if (process.ppid !== parent) fail(new CommandError("The parent process has ended."));
  };
  setInterval(check, CHECK_MS).unref();
}
