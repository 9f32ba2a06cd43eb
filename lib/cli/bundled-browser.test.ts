import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundledBrowser } from "./bundled-browser";

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "bundled-browser-"));
});
afterAll(() => rmSync(root, { recursive: true }));

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
