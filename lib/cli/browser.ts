import { spawnSync } from "node:child_process";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { chromium } from "@playwright/test";

type Browser = {
  readonly executablePath: string;
  readonly args: string[];
  /** Additional environment variables. */
  readonly environment: Readonly<Record<string, string>>;
};

/** The arguments of every Chromium for tests, screenshots and measurements. */
const BROWSER_ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--no-first-run",
] as const;

/** Finds a Chromium on this machine or installs one. Throws an Error that says what to do. */
export function ensureBrowser(): Browser {
  const named = process.env.CHROMIUM_PATH;
  if (named && !existsSync(named)) {
    throw new Error(
      `CHROMIUM_PATH is ${named}: it must be the path of a Chromium or Chrome executable.`,
    );
  }
  const present = named || installedBrowser() || downloadedBrowser();
  if (present) return plain(present);
  // If no package could be installed before, trying again only takes time.
  if (existsSync(BUNDLED)) return bundledBrowser();

  const packaged = installPackage() && installedBrowser();
  if (packaged) return plain(packaged);
  if (process.platform === "linux" && process.arch === "x64") return bundledBrowser();
  const downloaded = download() && downloadedBrowser();
  if (downloaded) return plain(downloaded);
  throw new Error(
    "No Chromium was found, and the download failed: install Chrome or Chromium, or set CHROMIUM_PATH to the path of one.",
  );
}

function plain(executablePath: string): Browser {
  return { executablePath, args: [...BROWSER_ARGS], environment: {} };
}

/** Not every distribution packages the headless shell. */
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

/** Runs a program and returns whether it succeeded. Its output is shown. */
function run(program: string, args: readonly string[]): boolean {
  console.error(`No Chromium was found. Trying: ${program} ${args.join(" ")}`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync(program, args, { env, stdio: ["ignore", "inherit", "inherit"] }).status === 0;
}

// The headless shell first: it opens pages in two thirds of the time.
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

/** Returns the path of an installed Chromium, or null. */
export function installedBrowser({ platform, env }: Machine = process): string | null {
  const found = browserPaths(platform, env).filter(isExecutable);
  // Some distributions install a stub that only explains how to install the browser.
  return found.find((path) => platform !== "linux" || runs(path)) ?? null;
}

function browserPaths(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string[] {
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
    // A file that cannot be executed is no browser.
    return false;
  }
}

function runs(path: string): boolean {
  return spawnSync(path, ["--version"], { stdio: "ignore" }).status === 0;
}

const BUNDLED = resolve("node_modules/.cache/chromium");

/**
 * Returns the Chromium of @sparticuz/chromium for Linux on x64, unpacked into `directory`. It
 * contains the libraries that a minimal machine lacks.
 */
export function bundledBrowser(directory = BUNDLED): Browser {
  if (!existsSync(directory)) unpackInto(directory);
  return {
    executablePath: join(directory, "chromium"),
    // The package's own arguments disable what we test, such as the same-origin policy.
    args: [...BROWSER_ARGS, "--no-zygote"],
    environment: {
      LD_LIBRARY_PATH: join(directory, "al2023", "lib"),
      FONTCONFIG_PATH: join(directory, "fonts"),
    },
  };
}

// The package's own file looks for fonts in /tmp. Without a font a form field crashes the browser.
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

const UNPACK = `import chromium from "@sparticuz/chromium"; await chromium.executablePath();`;

/** Unpacks next to the target and renames, so that an interruption leaves nothing incomplete. */
function unpackInto(directory: string): void {
  mkdirSync(dirname(directory), { recursive: true });
  const unpacked = mkdtempSync(`${directory}-`);
  try {
    // The package unpacks into TMPDIR, and its libraries only if it detects this platform.
    const env = { ...process.env, TMPDIR: unpacked, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs20.x" };
    const args = ["--input-type=module", "--eval", UNPACK];
    const { status } = spawnSync(process.execPath, args, { env, stdio: ["ignore", 2, 2] });
    if (status !== 0) throw new Error(`The bundled Chromium cannot be unpacked into ${directory}.`);
    writeFileSync(join(unpacked, "fonts", "fonts.conf"), FONTS);
    renameSync(unpacked, directory);
  } finally {
    rmSync(unpacked, { recursive: true, force: true });
  }
}
