import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";

/**
 * Every variable that configures a desk, blank. Blank is "not set", which also keeps out what a
 * developer's file .env says.
 */
export function unsetVariables(): Record<string, string> {
  const names = Object.keys(parseEnv(readFileSync(".env.example", "utf8")));
  return Object.fromEntries(names.map((name) => [name, ""]));
}
