import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { BROWSER_ARGS, type Browser } from "./browser-launch";

const CACHED = resolve("node_modules/.cache/chromium");

export function isBundledBrowserUnpacked(): boolean {
  return existsSync(CACHED);
}

/**
 * The Chromium of @sparticuz/chromium for Linux on x64, unpacked into `directory` if it is not there
 * yet. It brings the libraries that a bare machine lacks.
 */
export function bundledBrowser(directory = CACHED): Browser {
  if (!existsSync(directory)) unpackInto(directory);
  return {
    executablePath: join(directory, "chromium"),
    // The package's own arguments switch off what we test: the same-origin policy, for one.
    args: [...BROWSER_ARGS, "--no-zygote"],
    environment: {
      LD_LIBRARY_PATH: join(directory, "al2023", "lib"),
      FONTCONFIG_PATH: join(directory, "fonts"),
    },
  };
}

// The package's own file looks for fonts in /tmp, and without a font a form's field ends the browser.
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

const UNPACK = `import chromium from "@sparticuz/chromium"; await chromium.executablePath();`;

/** Unpacks beside the place and moves there, so that an interrupted unpacking leaves nothing half done. */
function unpackInto(directory: string): void {
  mkdirSync(dirname(directory), { recursive: true });
  const unpacked = mkdtempSync(`${directory}-`);
  try {
    // The package unpacks into TMPDIR, and its libraries only when it believes to be on this platform.
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
