import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

/** Ends a child that leads a process group, with all it started; resolves when it is gone. */
export async function endChild(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  process.kill(-child.pid, "SIGTERM");
  await gone;
}
