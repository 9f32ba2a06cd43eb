import { buildDesk } from "@/lib/cli/build";
import type { Lifetime } from "@/lib/cli/command";
import { type Stage, setStage } from "./stage";

/** Sets the stage, lets something happen on it, and clears it: at the end, on failure, on a signal. */
export async function onStage(
  act: (stage: Stage) => Promise<void>,
  { overPresentBuild }: { readonly overPresentBuild: boolean } = { overPresentBuild: false },
): Promise<void> {
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
  const life: Lifetime = { atEnd: (close) => closings.push(close), fail };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => clear(130));
  await (overPresentBuild ? Promise.resolve() : buildDesk(life))
    .then(() => setStage(life))
    .then(act)
    .then(() => clear(0), fail);
}
