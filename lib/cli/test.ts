import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cleanEnvironment } from "./environment";
import {
  readPlaywrightCounts,
  readVitestCounts,
  runStages,
  type Step,
  type StepResult,
} from "./test-run";

const INTERRUPTED = 130;

/** The test steps. The runners write their reports into `directory`. */
function testStages(directory: string): Step[][] {
  const unit = join(directory, "unit.json");
  const journeys = join(directory, "journeys.json");
  return [
    [
      { name: "types", program: ["node_modules/typescript/bin/tsc", "--noEmit"] },
      { name: "lint", program: ["node_modules/@biomejs/biome/bin/biome", "check"] },
    ],
    [
      {
        name: "unit",
        program: [
          "node_modules/vitest/vitest.mjs",
          "run",
          "--reporter=default",
          "--reporter=json",
          `--outputFile.json=${unit}`,
        ],
        environment: { TEST_ALL_FILES: "1" },
        report: { path: unit, read: readVitestCounts },
      },
      // The build waits for the disk and uses one core, so unit tests can run meanwhile.
      { name: "build", program: ["node_modules/next/dist/bin/next", "build"] },
    ],
    [
      {
        name: "journeys",
        program: ["node_modules/@playwright/test/cli.js", "test", "--reporter=list,json"],
        environment: { PLAYWRIGHT_JSON_OUTPUT_FILE: journeys },
        needs: "build",
        report: { path: journeys, read: readPlaywrightCounts },
      },
    ],
  ];
}

/** Runs all tests; with `--full` pages are checked in every width, theme and language. */
async function main(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "channel-desk-test-"));
  process.once("exit", () => rmSync(directory, { recursive: true, force: true }));
  const abort = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => abort.abort());

  // Renamed, so that no tested desk uses it as its database.
  const { DATABASE_URL: server } = process.env;
  const environment = {
    ...cleanEnvironment(process.env),
    ...(server && { TEST_DATABASE_URL: server }),
    ...(process.argv.includes("--full") && { TEST_MATRIX: "full" }),
  };
  const results = await runStages(testStages(directory), environment, abort.signal);
  if (abort.signal.aborted) process.exitCode = INTERRUPTED;
  else report(results);
}

function report(results: readonly StepResult[]): void {
  console.log();
  // Repeated at the end, because the runners printed them long before.
  for (const name of results.flatMap(({ failures }) => failures)) console.log(`failed    ${name}`);
  for (const { name, passed, failed } of results) {
    console.log(`${name.padEnd(10)}${passed} passed, ${failed} failed`);
  }
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

main().catch((error: Error) => {
  console.error(error.message);
  console.log("0 passed, 1 failed");
  process.exitCode = 1;
});
