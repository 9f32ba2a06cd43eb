import { type ChildProcess, spawn } from "node:child_process";

/** Variables of a child process: all that it sees. */
export type Environment = Readonly<Record<string, string | undefined>>;

const PATIENCE_MS = 10_000;

/**
 * Runs a Node script whose output goes where ours goes, and fulfils with its exit code, or 1 after a
 * signal. An abort asks it to end, forces it after ten seconds, and leaves nothing that it started.
 */
export function runProgram(
  args: readonly string[],
  environment: Environment,
  abort: AbortSignal,
): Promise<number> {
  const child = spawn(process.execPath, args, {
    // Next declares NODE_ENV as always set; here it is left to the program.
    env: environment as NodeJS.ProcessEnv,
    stdio: ["ignore", "inherit", "inherit"],
    // A group of its own, so that one signal reaches whatever it starts; Windows has no groups.
    detached: process.platform !== "win32",
  });
  const onAbort = () => stop(child);
  abort.addEventListener("abort", onAbort);
  return new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  }).finally(() => abort.removeEventListener("abort", onAbort));
}

function stop(child: ChildProcess): void {
  // As a terminal would, but to the one alone who knows in which order to end the others.
  child.kill("SIGINT");
  const timer = setTimeout(killGroup, PATIENCE_MS, child);
  child.once("exit", () => {
    clearTimeout(timer);
    // Whoever it left behind has nobody to report to.
    killGroup(child);
  });
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (process.platform === "win32") {
    child.kill("SIGKILL");
    return;
  }
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch (error) {
    // Nobody of the group is left.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
