import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";

/** Takes from the file .env, where there is one, the variables that are not set. */
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
    // Node leaves a tab before a comment at the end of the value.
    .replace(/^([^"'`\n]*?)[ \t]+#/gm, "$1 #");
  const entries = Object.entries(parseEnv(marked));
  return Object.fromEntries(
    entries.map(([name, value]) => [name, String(value).replaceAll(MARK, "#")]),
  );
}

// A character for private use, which no value holds.
const MARK = "\ue023";

/**
 * Every variable that configures a desk, blank. Blank is "not set", which also keeps out what a
 * developer's file .env says.
 */
export function unsetVariables(): Record<string, string> {
  const names = Object.keys(parseEnv(readFileSync(".env.example", "utf8")));
  return Object.fromEntries(names.map((name) => [name, ""]));
}

/** Variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What a tool needs to run at all, and nothing that configures a desk. */
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

/** The environment without the developer's CHAT_APPS, DATABASE_URL, NODE_ENV and the like. */
export function cleanEnvironment(source: Environment): Environment {
  const kept = Object.entries(source).filter(([name]) => KEPT.includes(name.toUpperCase()));
  return { ...Object.fromEntries(kept), NEXT_TELEMETRY_DISABLED: "1" };
}
