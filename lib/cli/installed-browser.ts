import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

// First the one without windows: it opens pages in two thirds of the time.
const NAMES = [
  "chromium-headless-shell",
  "chrome-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
  "microsoft-edge",
  "msedge",
];

const MAC_APPLICATIONS = ["Chromium", "Google Chrome", "Microsoft Edge"];
const WINDOWS_PROGRAMS = [
  "Chromium\\Application\\chrome.exe",
  "Google\\Chrome\\Application\\chrome.exe",
  "Microsoft\\Edge\\Application\\msedge.exe",
];

type Machine = Pick<typeof process, "platform" | "env">;

/** The path of a Chromium that a person installed, or null. */
export function installedBrowser({ platform, env }: Machine = process): string | null {
  const found = places(platform, env).filter(isExecutable);
  // Some distributions install a program that only says where to get the real one.
  return found.find((path) => platform !== "linux" || runs(path)) ?? null;
}

function places(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string[] {
  if (platform === "win32") {
    const roots = [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA];
    return roots.flatMap((root) => (root ? WINDOWS_PROGRAMS.map((path) => join(root, path)) : []));
  }
  const directories = (env.PATH ?? "").split(delimiter).filter(Boolean);
  const onPath = NAMES.flatMap((name) => directories.map((directory) => join(directory, name)));
  if (platform !== "darwin") return onPath;
  const applications = ["/Applications", join(env.HOME ?? "", "Applications")].flatMap((root) =>
    MAC_APPLICATIONS.map((name) => join(root, `${name}.app/Contents/MacOS/${name}`)),
  );
  return [...applications, ...onPath];
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Whatever keeps it from being run, it is not a browser for us.
    return false;
  }
}

function runs(path: string): boolean {
  return spawnSync(path, ["--version"], { stdio: "ignore" }).status === 0;
}
