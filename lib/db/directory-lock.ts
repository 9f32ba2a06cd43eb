import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DirectoryInUseError } from "./errors";

/**
 * Makes this process the only user of a directory, until the returned function or its exit.
 * Throws a DirectoryInUseError when a living process has it. A lock is never too old, only ownerless.
 */
export function lockDirectory(directory: string): () => void {
  const path = join(directory, "lock");
  while (!created(path)) {
    const holder = holderOf(path);
    if (holder === process.pid) break;
    if (holder !== null && isAlive(holder)) throw new DirectoryInUseError(directory, holder);
    if (holder !== null) removeStale(path, holder);
  }
  const unlock = () => {
    process.off("exit", unlock);
    if (holderOf(path) === process.pid) rmSync(path, { force: true });
  };
  process.once("exit", unlock);
  return unlock;
}

function created(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: "wx" });
    // Whoever saw the file before its number was in it may have taken it for a dead one.
    return holderOf(path) === process.pid;
  } catch (error) {
    if (hasCode(error, "EEXIST")) return false;
    throw error;
  }
}

/** The process that holds the lock; 0, which is nobody, when it does not say. */
function holderOf(path: string): number | null {
  try {
    return Number(readFileSync(path, "utf8")) || 0;
  } catch (error) {
    if (hasCode(error, "ENOENT")) return null;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, "EPERM");
  }
}

// Of several processes that find the same dead holder, rename lets one take its file away. Who comes
// so late that it took a new holder's file sees that by the number in it, and puts it back.
function removeStale(path: string, holder: number): void {
  const taken = `${path}.${process.pid}`;
  try {
    renameSync(path, taken);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return;
    throw error;
  }
  if (holderOf(taken) === holder) rmSync(taken);
  else renameSync(taken, path);
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
