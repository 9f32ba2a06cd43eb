import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";

/** Reads the file .env, if it exists, for variables that are not set. */
export function readDotEnv(): void {
  if (!existsSync(".env")) return;
  for (const [name, value] of Object.entries(parseDotEnv(readFileSync(".env", "utf8")))) {
    process.env[name] ??= value;
  }
}

/** Parses a file as Node does, but for `#`: it begins a comment only at a line's start or after white space. */
export function parseDotEnv(text: string): Record<string, string> {
  const marked = text
    .replace(/^\ufeff/, "")
    .replace(/(?<=\S)#/g, MARK)
    // Node keeps a tab before a comment as part of the value.
    .replace(/^([^"'`\n]*?)[ \t]+#/gm, "$1 #");
  const entries = Object.entries(parseEnv(marked));
  return Object.fromEntries(
    entries.map(([name, value]) => [name, String(value).replaceAll(MARK, "#")]),
  );
}

// A private-use character that no value contains.
const MARK = "\ue023";

/** Returns every configuration variable, blank. A blank value also overrides a developer's .env. */
export function unsetVariables(): Record<string, string> {
  const names = Object.keys(parseEnv(readFileSync(".env.example", "utf8")));
  return Object.fromEntries(names.map((name) => [name, ""]));
}

/** Variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What tools need to run, without any configuration of the desk. */
const KEPT = [
  "PATH",
  "HOME",
  "USER",
  "SHELL",
  "LANG",
  "TERM",
  "COLORTERM",
  "NO_COLOR",
  "FORCE_COLOR",
  "CI",
  "TMPDIR",
  "TEMP",
  "TMP",
  "SYSTEMROOT",
  "COMSPEC",
  "PATHEXT",
  "USERPROFILE",
  "APPDATA",
  "LOCALAPPDATA",
  "PROGRAMFILES",
  "PROGRAMFILES(X86)",
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "NO_PROXY",
  "NODE_EXTRA_CA_CERTS",
  "CHROMIUM_PATH",
  "PLAYWRIGHT_BROWSERS_PATH",
];

/** Returns the environment without the developer's configuration of the desk and of Node. */
export function cleanEnvironment(source: Environment): Environment {
  const kept = Object.entries(source).filter(([name]) => KEPT.includes(name.toUpperCase()));
  return { ...Object.fromEntries(kept), NEXT_TELEMETRY_DISABLED: "1" };
}
