import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { JSONReport, JSONReportSuite } from "@playwright/test/reporter";
import type { JsonTestResults } from "vitest/node";
import type { Environment } from "./environment";

export type Step = {
  readonly name: string;
  /** A Node script and its arguments. */
  readonly program: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** The step that must succeed first. */
  readonly needs?: string;
  /** The report with the test counts. Without it the step counts as one test. */
  readonly report?: { readonly path: string; readonly read: ReadCounts };
};

export type StepResult = Counts & { readonly name: string };

/**
 * Runs stages one after another, and the steps of a stage at the same time. Of those only the first prints
 * as it goes. A step whose need has failed is left out: it would say nothing new.
 */
export async function runStages(
  stages: readonly (readonly Step[])[],
  environment: Environment,
  abort: AbortSignal,
): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (const stage of stages) {
    if (abort.aborted) break;
    const ready = stage.filter(({ name, needs }) => {
      const hasFailed = results.some((result) => result.name === needs && result.failed > 0);
      if (hasFailed) console.log(`\n— ${name}: not run, since ${needs} failed`);
      return !hasFailed;
    });
    const running = ready.map((step, index) => runStep(step, environment, abort, index === 0));
    results.push(...(await Promise.all(running)));
  }
  return results;
}

/** Runs a step. Shows its output at once, or after its end. */
async function runStep(
  step: Step,
  environment: Environment,
  abort: AbortSignal,
  isLive: boolean,
): Promise<StepResult> {
  const own = { ...environment, ...step.environment };
  if (isLive) console.log(`\n— ${step.name}`);
  const { exitCode, output } = await runProgram(step.program, own, abort, isLive);
  if (!isLive) console.log(`\n— ${step.name}\n${output}`);
  return { name: step.name, ...count(step, exitCode) };
}

function count({ report }: Step, exitCode: number): Counts {
  if (report) return countTests(exitCode, report.path, report.read);
  const failed = exitCode === 0 ? 0 : 1;
  return { passed: 1 - failed, failed, failures: [] };
}

const PATIENCE_MS = 10_000;

/**
 * Runs a Node script and fulfils with its exit code, or 1 after a signal. An abort asks it to end, forces
 * it after ten seconds, and leaves nothing that it started.
 */
async function runProgram(
  args: readonly string[],
  environment: Environment,
  abort: AbortSignal,
  isLive: boolean,
): Promise<{ readonly exitCode: number; readonly output: string }> {
  const child = spawn(process.execPath, args, {
    // Next declares NODE_ENV as always set, but here it is unset.
    env: environment as NodeJS.ProcessEnv,
    stdio: isLive ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
    // A process group, so that one signal reaches all children. Windows has no groups.
    detached: process.platform !== "win32",
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const onAbort = () => stop(child);
  abort.addEventListener("abort", onAbort);
  try {
    const [code]: (number | null)[] = await once(child, isLive ? "exit" : "close");
    return { exitCode: code ?? 1, output };
  } finally {
    abort.removeEventListener("abort", onAbort);
  }
}

function stop(child: ChildProcess): void {
  // Like a terminal, but only to the program that knows the order of its children.
  child.kill("SIGINT");
  const timer = setTimeout(killGroup, PATIENCE_MS, child);
  child.once("exit", () => {
    clearTimeout(timer);
    // Remaining processes are killed.
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
    // The group has no processes left.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

type Counts = {
  readonly passed: number;
  readonly failed: number;
  /** The names of the failed tests, if the report has them. */
  readonly failures: readonly string[];
};

/** Reads the counts of a runner's JSON report. Throws when there is none or it is not one. */
type ReadCounts = (path: string) => Counts;

export const readVitestCounts: ReadCounts = (path) => {
  const { numPassedTests, numFailedTests, testResults }: JsonTestResults = readJson(path);
  const failed = testResults.filter(({ status }) => status === "failed");
  // A file that cannot be loaded contains no failed test.
  const broken = failed.filter(({ assertionResults }) => assertionResults.length === 0);
  const failures = failed.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === "failed")
      .map(({ fullName }) => `${name}: ${fullName}`),
  );
  return {
    passed: numPassedTests,
    failed: numFailedTests + broken.length,
    failures: [...failures, ...broken.map(({ name }) => name)],
  };
};

export const readPlaywrightCounts: ReadCounts = (path) => {
  const { stats, suites }: JSONReport = readJson(path);
  const failed = stats.unexpected + stats.flaky;
  return { passed: stats.expected, failed, failures: suites.flatMap(failuresOf) };
};

function failuresOf({ title, specs, suites = [] }: JSONReportSuite): string[] {
  const own = specs.filter(({ ok }) => !ok).map((spec) => spec.title);
  return [...own, ...suites.flatMap(failuresOf)].map((name) => `${title}: ${name}`);
}

/** Combines a runner's exit code and report. A crash or an empty run counts as one failure. */
export function countTests(exitCode: number, path: string, read: ReadCounts): Counts {
  try {
    const counts = read(path);
    const isBelievable = counts.failed > 0 || (exitCode === 0 && counts.passed > 0);
    return isBelievable ? counts : { ...counts, failed: 1 };
  } catch (error) {
    console.error(`No report to count: ${error instanceof Error ? error.message : error}`);
    return { passed: 0, failed: 1, failures: [] };
  }
}

function readJson(path: string) {
  return JSON.parse(readFileSync(path, "utf8"));
}
