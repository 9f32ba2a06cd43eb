import type { Lifetime } from "@/lib/cli/command";

/** Does something that ends by itself, and closes all that it opened: at the end, on failure, on a signal. */
export async function toTheEnd(task: (life: Lifetime) => Promise<void>): Promise<void> {
  const closings: (() => unknown)[] = [];
  let clearing = false;
  const clear = async (exitCode: number) => {
    // What is stopped on the way to the end may report its own end.
    if (clearing) return;
    clearing = true;
    for (const close of closings.reverse()) await close();
    process.exit(exitCode);
  };
  const fail = (error: unknown) => {
    if (!clearing) console.error(error);
    return clear(1);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => clear(130));
  await task({ atEnd: (close) => closings.push(close), fail }).then(() => clear(0), fail);
}
