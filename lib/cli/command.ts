import { DatabaseError } from "@/lib/db/errors";
import { EnvError } from "@/lib/env";
import { describeError } from "@/lib/log";

/** A command cannot continue, for a reason its user can fix. Each sentence names one. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

/** Registers the end of a running command. */
export type Lifetime = {
  /** Registers a close function. The newest is called first. */
  atEnd(close: () => unknown): void;
  /** Ends the command with a message and exit code 1. */
  fail(error: unknown): void;
};

// Longer than a closing server waits for running answers.
const LONGEST_END_MS = 15_000;

/**
 * Runs a command that lasts until a signal, or the end of the process that started it with a
 * channel, and then exits with code 0; when it fails, with code 1.
 */
export async function runCommand(command: (life: Lifetime) => Promise<void>): Promise<void> {
  const closings: (() => unknown)[] = [];
  let isEnding = false;
  const end = async (exitCode: number) => {
    isEnding = true;
    setTimeout(() => process.exit(1), LONGEST_END_MS).unref();
    for (const close of closings.reverse()) await close();
    process.exit(exitCode);
  };
  // A terminal and a parent process may both send the signal, and processes may fail while they are
  // stopped.
  const endOnce = (exitCode: number) => {
    if (!isEnding) end(exitCode).catch(fail);
  };
  const fail = (error: unknown) => {
    if (!isEnding) console.error(describe(error));
    endOnce(1);
  };

  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => endOnce(0));
  if (process.connected) process.on("disconnect", () => endOnce(0));
  await command({ atEnd: (close) => closings.push(close), fail }).catch(fail);
}

/** Returns the message of an error that its reader can mend, and of any other what may be logged. */
export function describe(error: unknown): string {
  const isExpected = [CommandError, EnvError, DatabaseError].some((kind) => error instanceof kind);
  return isExpected && error instanceof Error ? error.message : describeError(error);
}
