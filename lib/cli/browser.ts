import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";
import { BROWSER_ARGS, type Browser } from "./browser-launch";
import { bundledBrowser, isBundledBrowserUnpacked } from "./bundled-browser";
import { installedBrowser } from "./installed-browser";

/** Finds a Chromium on this machine, or brings one. Throws an Error that says what would help. */
export function bringBrowser(): Browser {
  const named = process.env.CHROMIUM_PATH;
  if (named && !existsSync(named)) {
    throw new Error(`CHROMIUM_PATH is ${named}: it must be the path of a Chromium or Chrome.`);
  }
  const present = named || installedBrowser() || downloadedBrowser();
  if (present) return plain(present);
  // Where no package could be installed before, trying again would only take time.
  if (isBundledBrowserUnpacked()) return bundledBrowser();

  const packaged = installPackage() && installedBrowser();
  if (packaged) return plain(packaged);
  if (process.platform === "linux" && process.arch === "x64") return bundledBrowser();
  const downloaded = download() && downloadedBrowser();
  if (downloaded) return plain(downloaded);
  throw new Error(
    "There is no Chromium here and none could be fetched: install Chrome or Chromium, or set CHROMIUM_PATH to the path of one.",
  );
}

function plain(executablePath: string): Browser {
  return { executablePath, args: [...BROWSER_ARGS], environment: {} };
}

/** Not every distribution has a package of the one without windows. */
const PACKAGES = ["chromium-headless-shell", "chromium"];

function installPackage(): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  return (
    run("apt-get", ["update", "-qq"]) &&
    PACKAGES.some((name) =>
      run("apt-get", ["install", "-qq", "-y", "--no-install-recommends", name]),
    )
  );
}

function downloadedBrowser(): string | null {
  const path = chromium.executablePath();
  return existsSync(path) ? path : null;
}

function download(): boolean {
  return run(process.execPath, ["node_modules/@playwright/test/cli.js", "install", "chromium"]);
}

/** Whether a program ran to a good end; its output is for the person who waits. */
function run(program: string, args: readonly string[]): boolean {
  console.error(`There is no Chromium here, so this is tried: ${program} ${args.join(" ")}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync(program, args, { env, stdio: ["ignore", "inherit", "inherit"] }).status === 0;
}
