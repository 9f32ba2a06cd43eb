import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { runStages } from "./test-run";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "test-run-"));
  vi.spyOn(console, "log").mockReturnValue();
});
afterEach(() => {
  rmSync(directory, { recursive: true });
  vi.restoreAllMocks();
});

const never = new AbortController().signal;
const script = (code: string) => ["--eval", code];

it("goes on after a failure, but not with what needs the failed step", async () => {
  const stages = [
    [
      { name: "types", program: script("process.exit(2)") },
      { name: "lint", program: script("") },
    ],
    [{ name: "build", program: script("process.kill(process.pid, 'SIGKILL')") }],
    [{ name: "journeys", program: script(""), needs: "build" }],
  ];
  expect(await runStages(stages, {}, never)).toEqual([
    { name: "types", passed: 0, failed: 1, failures: [] },
    { name: "lint", passed: 1, failed: 0, failures: [] },
    { name: "build", passed: 0, failed: 1, failures: [] },
  ]);
});

it("runs what needs a step that passed, and counts by its report", async () => {
  const path = join(directory, "report.json");
  const stages = [
    [{ name: "build", program: script("") }],
    [
      {
        name: "journeys",
        program: script(""),
        needs: "build",
        report: { path, read: () => ({ passed: 4, failed: 0, failures: [] }) },
      },
    ],
  ];
  expect(await runStages(stages, {}, never)).toContainEqual({
    name: "journeys",
    passed: 4,
    failed: 0,
    failures: [],
  });
});

it("gives a step no other variables than told", async () => {
  const path = join(directory, "seen.json");
  const code = `require("fs").writeFileSync(process.env.WHERE, JSON.stringify(process.env))`;
  const stages = [[{ name: "look", program: script(code), environment: { WHERE: path } }]];
  await runStages(stages, {}, never);
  expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({ WHERE: path });
});

it("runs the steps of a stage at the same time, and prints the second one's output at its end", async () => {
  // Each waits for the file of the other, so that one after the other would never end.
  const meet = (own: string, other: string) =>
    script(
      `const fs = require("fs"); fs.writeFileSync(${JSON.stringify(join(directory, own))}, "");
       const timer = setInterval(() => {
         if (!fs.existsSync(${JSON.stringify(join(directory, other))})) return;
         clearInterval(timer);
         console.log("met ${other}");
       }, 10);`,
    );
  const stages = [
    [
      { name: "unit", program: meet("a", "b") },
      { name: "build", program: meet("b", "a") },
    ],
  ];
  expect(await runStages(stages, {}, never)).toEqual([
    { name: "unit", passed: 1, failed: 0, failures: [] },
    { name: "build", passed: 1, failed: 0, failures: [] },
  ]);
  expect(console.log).toHaveBeenLastCalledWith("\n— build\nmet a\n");
});

it.runIf(process.platform !== "win32")("ends a step and all that it started", async () => {
  const path = join(directory, "grandchild");
  writeFileSync(path, "");
  // The grandchild ignores the polite signal, as a wedged server would.
  const grandchild = `process.on("SIGTERM", () => {}); require("fs").writeFileSync(${JSON.stringify(path)}, String(process.pid)); setInterval(() => {}, 1000)`;
  const code = `require("child_process").spawn(process.execPath, ["--eval", ${JSON.stringify(grandchild)}]); setInterval(() => {}, 1000)`;
  const abort = new AbortController();
  const stages = [
    [{ name: "journeys", program: script(code) }],
    [{ name: "after", program: script("") }],
  ];
  const results = runStages(stages, {}, abort.signal);
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
