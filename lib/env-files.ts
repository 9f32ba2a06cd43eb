import { readFileSync } from "node:fs";
import type { Variables } from "./env-checks";
import { failure, type Result, success } from "./result";

/** The secrets that may stand in a file instead, named by the variable with `_FILE` behind its name. */
const SECRETS = [
  "AUTH_SECRET",
  "DATABASE_URL",
  "BOOTSTRAP_ADMIN_PASSWORD",
  "OIDC_CLIENT_SECRET",
  "DIGEST_WEBHOOK_URL",
  "DIGEST_WEBHOOK_SECRET",
] as const;

/** Returns the variables, and those secrets that stand in files. */
export function readSecretFiles(given: Variables): Result<Variables, string[]> {
  const read: Record<string, string | undefined> = { ...given };
  const problems: string[] = [];
  for (const name of SECRETS) {
    const path = given[`${name}_FILE`];
    if (path === undefined) continue;
    if (given[name] !== undefined) {
      problems.push(`${name} and ${name}_FILE are both set: set only one of them.`);
      continue;
    }
    try {
      read[name] = readText(path);
    } catch (error) {
      const reason = error instanceof Error && "code" in error ? ` (${error.code})` : "";
      problems.push(
        `${name}_FILE is ${JSON.stringify(path)}, which cannot be read${reason}: it must be the path of a file that holds the secret.`,
      );
    }
  }
  return problems.length > 0 ? failure(problems) : success(read);
}

/** Reads a file without the mark that some editors put at its start, and without line breaks at its end. */
export function readText(path: string): string {
  const text = readFileSync(/* turbopackIgnore: true */ path, "utf8");
  return text.replace(/^\ufeff/, "").replace(/[\r\n]+$/, "");
}
