import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installedBrowser } from "./installed-browser";

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "installed-browser-"));
});
afterAll(() => rmSync(root, { recursive: true }));

function program(path: string, exitCode: number): string {
  const full = join(root, path);
  mkdirSync(join(full, ".."), { recursive: true });
  writeFileSync(full, `#!/bin/sh\nexit ${exitCode}\n`);
  chmodSync(full, 0o755);
  return full;
}

const machine = (platform: NodeJS.Platform, variables: Record<string, string>) =>
  installedBrowser({ platform, env: { NODE_ENV: "test", ...variables } });

describe.runIf(process.platform !== "win32")("an installed browser", () => {
  it("is one on the path that runs, not one that only says where to get it", () => {
    program("stub/chromium", 1);
    const chrome = program("real/google-chrome", 0);
    const PATH = [join(root, "stub"), join(root, "empty"), join(root, "real")].join(delimiter);
    expect(machine("linux", { PATH })).toBe(chrome);
  });

  it("is the one without windows where there is one", () => {
    program("both/chromium", 0);
    const shell = program("both/chromium-headless-shell", 0);
    expect(machine("linux", { PATH: join(root, "both") })).toBe(shell);
  });

  it("is found among a Mac's applications of the person", () => {
    const chrome = program("Applications/Google Chrome.app/Contents/MacOS/Google Chrome", 0);
    expect(machine("darwin", { HOME: root, PATH: "" })).toBe(chrome);
  });

  it("is nothing where there is none", () => {
    expect(machine("linux", { PATH: join(root, "empty") })).toBeNull();
    expect(machine("win32", {})).toBeNull();
  });
});
