import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { countTests, readPlaywrightCounts, readVitestCounts } from "./test-counts";

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
  JSON.stringify({ stats: { expected, unexpected, flaky, skipped: 3 } });

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
        { status: "failed", assertionResults: [] },
        { status: "passed", assertionResults: [{}] },
      ]),
      { passed: 7, failed: 1 },
    ],
    [
      "a file has a failed test, counted once",
      1,
      vitest(7, 1, [{ status: "failed", assertionResults: [{}] }]),
      { passed: 7, failed: 1 },
    ],
  ])("unit: %s", (_, exitCode, report, expected) => {
    expect(countTests(exitCode, written(report), readVitestCounts)).toEqual(expected);
  });

  it.each([
    ["all passed", 0, playwright(7, 0), { passed: 7, failed: 0 }],
    ["some failed", 1, playwright(5, 2), { passed: 5, failed: 2 }],
    ["flaky is failed", 0, playwright(5, 0, 1), { passed: 5, failed: 1 }],
    ["it crashed", 1, playwright(7, 0), { passed: 7, failed: 1 }],
    ["it ran no test", 0, playwright(0, 0), { passed: 0, failed: 1 }],
  ])("journeys: %s", (_, exitCode, report, expected) => {
    expect(countTests(exitCode, written(report), readPlaywrightCounts)).toEqual(expected);
  });

  it("fails when there is no report at all", () => {
    const path = join(directory, "nothing.json");
    expect(countTests(0, path, readVitestCounts)).toEqual({ passed: 0, failed: 1 });
  });
});
