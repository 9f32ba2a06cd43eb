import { readFileSync } from "node:fs";
import { z } from "zod";

export type Counts = {
  readonly passed: number;
  readonly failed: number;
  /** What the failed ones are called, as far as the report names them. */
  readonly failures: readonly string[];
};

/** Reads the counts of a runner's JSON report. Throws when there is none or it is not one. */
export type ReadCounts = (path: string) => Counts;

const vitestReport = z
  .object({
    numPassedTests: z.number(),
    numFailedTests: z.number(),
    testResults: z.array(
      z.object({
        name: z.string(),
        status: z.string(),
        assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })),
      }),
    ),
  })
  .transform(({ numPassedTests, numFailedTests, testResults }): Counts => {
    // A file that cannot even be loaded holds no test that could fail.
    const broken = testResults.filter(
      ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
    );
    const failures = testResults.flatMap(({ name, assertionResults }) =>
      assertionResults
        .filter(({ status }) => status === "failed")
        .map(({ fullName }) => `${name}: ${fullName}`),
    );
    return {
      passed: numPassedTests,
      failed: numFailedTests + broken.length,
      failures: [...failures, ...broken.map(({ name }) => name)],
    };
  });

type Suite = {
  readonly title: string;
  readonly specs: readonly { readonly title: string; readonly ok: boolean }[];
  readonly suites?: readonly Suite[] | undefined;
};

const suite: z.ZodType<Suite> = z.object({
  title: z.string(),
  specs: z.array(z.object({ title: z.string(), ok: z.boolean() })),
  get suites() {
    return z.array(suite).optional();
  },
});

const playwrightReport = z
  .object({
    stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number() }),
    suites: z.array(suite),
  })
  .transform(
    ({ stats: { expected, unexpected, flaky }, suites }): Counts => ({
      passed: expected,
      failed: unexpected + flaky,
      failures: suites.flatMap(failuresOf),
    }),
  );

function failuresOf({ title, specs, suites = [] }: Suite): string[] {
  const own = specs.filter(({ ok }) => !ok).map((spec) => spec.title);
  return [...own, ...suites.flatMap(failuresOf)].map((name) => `${title}: ${name}`);
}

export const readVitestCounts: ReadCounts = (path) => vitestReport.parse(readJson(path));

export const readPlaywrightCounts: ReadCounts = (path) => playwrightReport.parse(readJson(path));

/** What a runner's exit code and report say together: one failure at least if it crashed or ran nothing. */
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

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}
