import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundledBrowser, installedBrowser } from "./browser";

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "browser-"));
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

describe.runIf(process.platform === "linux" && process.arch === "x64")(
  "the bundled browser",
  () => {
    it("is unpacked once, and runs", async () => {
      const directory = join(root, "chromium");
      const unpacked = bundledBrowser(directory);
      expect(bundledBrowser(directory)).toEqual(unpacked);

      const { executablePath, args } = unpacked;
      const env = { ...cleanStrings(process.env), ...unpacked.environment };
      const browser = await chromium.launch({ executablePath, args, env });
      const page = await browser.newPage();
      await page.setContent("<button onclick='this.textContent = 6 * 7'>Press</button>");
      await page.getByRole("button", { name: "Press" }).click();
      expect(await page.getByRole("button").textContent()).toBe("42");
      await browser.close();
    });
  },
);

function cleanStrings(source: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(source).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
