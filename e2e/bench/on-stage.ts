import { buildDesk } from "@/lib/cli/build";
import { toTheEnd } from "../to-the-end";
import { type Stage, setStage } from "./stage";

/** Sets the stage, lets something happen on it, and clears it. */
export async function onStage(
  act: (stage: Stage) => Promise<void>,
  { overPresentBuild }: { readonly overPresentBuild: boolean },
): Promise<void> {
  await toTheEnd(async (life) => {
    if (!overPresentBuild) await buildDesk(life);
    await act(await setStage(life));
  });
}
