import { join } from "node:path";
import { type ReadCounts, readPlaywrightCounts, readVitestCounts } from "./test-counts";

export type Step = {
  readonly name: string;
  /** A Node script and its arguments. */
  readonly program: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** The step without which this one cannot run. */
  readonly needs?: string;
  /** Where the tests of the step are counted; without it the step itself counts as one. */
  readonly report?: { readonly path: string; readonly read: ReadCounts };
};

/** All that is tested, in order; the runners write their reports into `directory`. */
export function testSteps(directory: string): Step[] {
  const unit = join(directory, "unit.json");
  const journeys = join(directory, "journeys.json");
  return [
    { name: "types", program: ["node_modules/typescript/bin/tsc", "--noEmit"] },
    { name: "lint", program: ["node_modules/@biomejs/biome/bin/biome", "check"] },
    {
      name: "unit",
      program: [
        "node_modules/vitest/vitest.mjs",
        "run",
        "--reporter=default",
        "--reporter=json",
        `--outputFile.json=${unit}`,
      ],
      report: { path: unit, read: readVitestCounts },
    },
    { name: "build", program: ["node_modules/next/dist/bin/next", "build"] },
    {
      name: "journeys",
      program: ["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"],
      environment: { PLAYWRIGHT_JSON_OUTPUT_FILE: journeys },
      needs: "build",
      report: { path: journeys, read: readPlaywrightCounts },
    },
  ];
}
