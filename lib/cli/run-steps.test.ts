import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { runSteps } from "./run-steps";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "run-steps-"));
  vi.spyOn(console, "log").mockReturnValue();
});
afterEach(() => {
  rmSync(directory, { recursive: true });
  vi.restoreAllMocks();
});

const never = new AbortController().signal;
const script = (code: string) => ["--eval", code];

it("goes on after a failure, but not with what needs the failed step", async () => {
  const steps = [
    { name: "types", program: script("process.exit(2)") },
    { name: "lint", program: script("") },
    { name: "build", program: script("process.kill(process.pid, 'SIGKILL')") },
    { name: "journeys", program: script(""), needs: "build" },
  ];
  expect(await runSteps(steps, {}, never)).toEqual([
    { name: "types", passed: 0, failed: 1, failures: [] },
    { name: "lint", passed: 1, failed: 0, failures: [] },
    { name: "build", passed: 0, failed: 1, failures: [] },
  ]);
});

it("runs what needs a step that passed, and counts by its report", async () => {
  const path = join(directory, "report.json");
  const steps = [
    { name: "build", program: script("") },
    {
      name: "journeys",
      program: script(""),
      needs: "build",
      report: { path, read: () => ({ passed: 4, failed: 0, failures: [] }) },
    },
  ];
  expect(await runSteps(steps, {}, never)).toContainEqual({
    name: "journeys",
    passed: 4,
    failed: 0,
    failures: [],
  });
});

it("gives a step no other variables than told", async () => {
  const path = join(directory, "seen.json");
  const code = `require("fs").writeFileSync(process.env.WHERE, JSON.stringify(process.env))`;
  await runSteps(
    [{ name: "look", program: script(code), environment: { WHERE: path } }],
    {},
    never,
  );
  expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({ WHERE: path });
});

it.runIf(process.platform !== "win32")("ends a step and all that it started", async () => {
  const path = join(directory, "grandchild");
  writeFileSync(path, "");
  // The grandchild ignores the polite signal, as a wedged server would.
  const grandchild = `process.on("SIGTERM", () => {}); require("fs").writeFileSync(${JSON.stringify(path)}, String(process.pid)); setInterval(() => {}, 1000)`;
  const code = `require("child_process").spawn(process.execPath, ["--eval", ${JSON.stringify(grandchild)}]); setInterval(() => {}, 1000)`;
  const abort = new AbortController();
  const steps = [
    { name: "journeys", program: script(code) },
    { name: "after", program: script("") },
  ];
  const results = runSteps(steps, {}, abort.signal);
  const pid = await vi.waitUntil(() => Number(readFileSync(path, "utf8")), { timeout: 10_000 });
  abort.abort();
  expect(await results).toEqual([{ name: "journeys", passed: 0, failed: 1, failures: [] }]);
  await vi.waitUntil(() => !isAlive(pid), { timeout: 10_000 });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
