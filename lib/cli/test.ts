import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cleanEnvironment } from "./clean-environment";
import { runSteps, type StepResult } from "./run-steps";
import { testSteps } from "./test-steps";

const INTERRUPTED = 130;

async function main(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "channel-desk-test-"));
  process.once("exit", () => rmSync(directory, { recursive: true, force: true }));
  const abort = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => abort.abort());

  // By another name, so that no desk under test takes it for its store.
  const { DATABASE_URL: server } = process.env;
  const environment = {
    ...cleanEnvironment(process.env),
    ...(server && { TEST_DATABASE_URL: server }),
  };
  const results = await runSteps(testSteps(directory), environment, abort.signal);
  if (abort.signal.aborted) process.exitCode = INTERRUPTED;
  else report(results);
}

function report(results: readonly StepResult[]): void {
  console.log();
  // Again at the end, where they are found: the runners have told of them long before.
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
