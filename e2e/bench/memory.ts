import { startProgram } from "../desk";
import type { Figure } from "./figure";
import { type Stage, setVendor } from "./stage";

/** Bytes above an idle process. */
export type MemoryReport = {
  /** The most of the whole process, garbage included. */
  readonly resident: number;
  /** What is in use when half of the rows have come. */
  readonly heap: number;
};

const MB = 1_000_000;

/** Ten whole sets of 10,000 at once, in a process of its own. */
export async function memory(stage: Stage): Promise<Figure[]> {
  await setVendor(stage, { delayMs: 20 });
  const program = startProgram("e2e/bench/memory-reader.ts", {
    BENCH_APP: JSON.stringify(stage.app),
    BENCH_VENDOR: stage.vendor,
  });
  if ((await program.ended) !== 0) throw new Error(program.output());
  const { resident, heap } = JSON.parse(program.output()) as MemoryReport;
  const what = "memory above idle, ten whole sets of 10,000 at once, the iterator alone";
  return [
    { what: `${what}: the most`, unit: "MB", value: resident / MB, target: { most: 150 } },
    { what: `${what}: in use halfway, collected`, unit: "MB", value: heap / MB },
  ];
}
