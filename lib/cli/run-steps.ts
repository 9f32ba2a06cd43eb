import { type Environment, runProgram } from "./run-program";
import { type Counts, countTests } from "./test-counts";
import type { Step } from "./test-steps";

export type StepResult = Counts & { readonly name: string };

/** Runs steps one after another. One whose need has failed is left out: it would say nothing new. */
export async function runSteps(
  steps: readonly Step[],
  environment: Environment,
  abort: AbortSignal,
): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (const step of steps) {
    if (abort.aborted) break;
    if (results.some(({ name, failed }) => name === step.needs && failed > 0)) {
      console.log(`\n— ${step.name}: not run, since ${step.needs} failed`);
      continue;
    }
    console.log(`\n— ${step.name}`);
    const own = { ...environment, ...step.environment };
    const exitCode = await runProgram(step.program, own, abort);
    results.push({ name: step.name, ...count(step, exitCode) });
  }
  return results;
}

function count({ report }: Step, exitCode: number): Counts {
  if (report) return countTests(exitCode, report.path, report.read);
  const failed = exitCode === 0 ? 0 : 1;
  return { passed: 1 - failed, failed, failures: [] };
}
