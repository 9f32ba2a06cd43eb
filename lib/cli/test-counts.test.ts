import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { countTests, readPlaywrightCounts, readVitestCounts } from "./test-run";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "test-counts-"));
  vi.spyOn(console, "error").mockReturnValue();
});
afterAll(() => {
  rmSync(directory, { recursive: true });
  vi.restoreAllMocks();
});

function written(text: string): string {
  const path = join(directory, "report.json");
  writeFileSync(path, text);
  return path;
}

const vitest = (passed: number, failed: number, testResults: unknown[] = []) =>
  JSON.stringify({ numPassedTests: passed, numFailedTests: failed, testResults });

const playwright = (expected: number, unexpected: number, flaky = 0) =>
  JSON.stringify({ stats: { expected, unexpected, flaky, skipped: 3 }, suites: [] });

const PASSED = { status: "passed", fullName: "adds" };
const FAILED = { status: "failed", fullName: "sums subtracts" };

describe("counting a runner's tests", () => {
  it.each([
    ["all passed", 0, vitest(7, 0), { passed: 7, failed: 0 }],
    ["some failed", 1, vitest(5, 2), { passed: 5, failed: 2 }],
    ["it crashed after tests passed", 1, vitest(7, 0), { passed: 7, failed: 1 }],
    ["it ran no test", 0, vitest(0, 0), { passed: 0, failed: 1 }],
    ["its report is cut off", 0, vitest(7, 0).slice(0, 30), { passed: 0, failed: 1 }],
    ["its report is another thing", 0, "{}", { passed: 0, failed: 1 }],
    [
      "a file could not be loaded",
      1,
      vitest(7, 0, [
        { name: "broken.test.ts", status: "failed", assertionResults: [] },
        { name: "a.test.ts", status: "passed", assertionResults: [PASSED] },
      ]),
      { passed: 7, failed: 1 },
    ],
    [
      "a file has a failed test, counted once",
      1,
      vitest(7, 1, [{ name: "a.test.ts", status: "failed", assertionResults: [PASSED, FAILED] }]),
      { passed: 7, failed: 1 },
    ],
  ])("unit: %s", (_, exitCode, report, expected) => {
    expect(countTests(exitCode, written(report), readVitestCounts)).toMatchObject(expected);
  });

  it.each([
    ["all passed", 0, playwright(7, 0), { passed: 7, failed: 0 }],
    ["some failed", 1, playwright(5, 2), { passed: 5, failed: 2 }],
    ["flaky is failed", 0, playwright(5, 0, 1), { passed: 5, failed: 1 }],
    ["it crashed", 1, playwright(7, 0), { passed: 7, failed: 1 }],
    ["it ran no test", 0, playwright(0, 0), { passed: 0, failed: 1 }],
  ])("journeys: %s", (_, exitCode, report, expected) => {
    expect(countTests(exitCode, written(report), readPlaywrightCounts)).toMatchObject(expected);
  });

  it("fails when there is no report at all", () => {
    const path = join(directory, "nothing.json");
    expect(countTests(0, path, readVitestCounts)).toMatchObject({ passed: 0, failed: 1 });
  });

  it("names what failed in unit tests, and files that could not be loaded", () => {
    const report = vitest(7, 1, [
      { name: "a.test.ts", status: "failed", assertionResults: [PASSED, FAILED] },
      { name: "broken.test.ts", status: "failed", assertionResults: [] },
    ]);
    expect(countTests(1, written(report), readVitestCounts).failures).toEqual([
      "a.test.ts: sums subtracts",
      "broken.test.ts",
    ]);
  });

  it("names the journeys that failed, with where they stand", () => {
    const specs = [
      { title: "in", ok: true },
      { title: "out", ok: false },
    ];
    const report = JSON.stringify({
      stats: { expected: 1, unexpected: 2, flaky: 0 },
      suites: [{ title: "a.spec.ts", specs: [], suites: [{ title: "Ada", specs }] }],
    });
    expect(countTests(1, written(report), readPlaywrightCounts).failures).toEqual([
      "a.spec.ts: Ada: out",
    ]);
  });
});
