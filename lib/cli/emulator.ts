import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { CommandError, type Lifetime } from "./command";
import { endChild } from "./end-child";

export type EmulatedApp = {
  readonly sdkAppId: number;
  readonly adminId: string;
  readonly secretKey: string;
};

/** Starts the emulator for these apps on a free port of this machine, and gives its base address. */
export async function startEmulator(apps: readonly EmulatedApp[], life: Lifetime): Promise<string> {
  // A group of its own, so that a terminal's Ctrl-C reaches only us, who end it; and a channel, so
  // that it ends by itself when we are killed.
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
  child.once("exit", () => life.fail(new CommandError("The emulator has ended.")));
  return address;
}

/** Empty when the stream ends without one. */
async function firstLine(stream: Readable): Promise<string> {
  for await (const line of createInterface(stream)) {
    // What follows is not read, but must not fill the pipe.
    stream.resume();
    return line;
  }
  return "";
}
