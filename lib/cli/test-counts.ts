import { readFileSync } from "node:fs";
import { z } from "zod";

export type Counts = { readonly passed: number; readonly failed: number };

/** Reads the counts of a runner's JSON report. Throws when there is none or it is not one. */
export type ReadCounts = (path: string) => Counts;

const vitestReport = z
  .object({
    numPassedTests: z.number(),
    numFailedTests: z.number(),
    testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
  })
  .transform(({ numPassedTests, numFailedTests, testResults }) => {
    // A file that cannot even be loaded holds no test that could fail.
    const broken = testResults.filter(
      ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
    );
    return { passed: numPassedTests, failed: numFailedTests + broken.length };
  });

const playwrightReport = z
  .object({
    stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
  })
  .transform(({ stats: { expected, unexpected, flaky } }) => ({
    passed: expected,
    failed: unexpected + flaky,
  }));

export const readVitestCounts: ReadCounts = (path) => vitestReport.parse(readJson(path));

export const readPlaywrightCounts: ReadCounts = (path) => playwrightReport.parse(readJson(path));

/** What a runner's exit code and report say together: one failure at least if it crashed or ran nothing. */
export function countTests(exitCode: number, path: string, read: ReadCounts): Counts {
  try {
    const counts = read(path);
    const isBelievable = counts.failed > 0 || (exitCode === 0 && counts.passed > 0);
    return isBelievable ? counts : { passed: counts.passed, failed: 1 };
  } catch (error) {
    console.error(`There is no report to count: ${error instanceof Error ? error.message : error}`);
    return { passed: 0, failed: 1 };
  }
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}
