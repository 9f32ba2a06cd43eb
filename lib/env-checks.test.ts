import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { parseEnv } from "./env";
import { VariableReader, type Variables } from "./env-checks";

const directory = mkdtempSync(join(tmpdir(), "env-checks-test-"));
afterAll(() => rmSync(directory, { recursive: true }));

function file(text: string): string {
  const path = join(mkdtempSync(join(directory, "f-")), "secret");
  writeFileSync(path, text);
  return path;
}

function secretIn(name: string, variables: Variables): string {
  const reader = new VariableReader(variables);
  const secret = reader.readSecret(name, z.string());
  expect(reader.problems).toEqual([]);
  return secret;
}

test.each(["AUTH_SECRET", "DATABASE_URL", "BOOTSTRAP_ADMIN_PASSWORD", "OIDC_CLIENT_SECRET"])(
  "%s can stand in a file",
  (name) => {
    const variables = { PORT: "1", [`${name}_FILE`]: file("a secret\n") };
    expect(secretIn(name, variables)).toBe("a secret");
    // The configuration reads it there.
    const problems = parseEnv({ [`${name}_FILE`]: "no-such-file" });
    expect(problems.ok ? [] : problems.failure).toContainEqual(
      expect.stringContaining(`${name}_FILE is "no-such-file", which cannot be read`),
    );
  },
);

test.each([
  ["a secret", "a secret"],
  ["a secret\r\n", "a secret"],
  [" a secret \n\n", " a secret "],
  ["\ufeffa secret\r\n\r\n", "a secret"],
  ["a\nsecret\n", "a\nsecret"],
  ["", ""],
])("a byte order mark and line breaks at the end of %j are not part of it", (text, secret) => {
  expect(secretIn("AUTH_SECRET", { AUTH_SECRET_FILE: file(text) })).toBe(secret);
});

test("what cannot be read, and what is said twice, is one sentence each without the secret", () => {
  const reader = new VariableReader({
    AUTH_SECRET: "must-not-show",
    AUTH_SECRET_FILE: file("must-not-show"),
    DATABASE_URL_FILE: join(directory, "no-such-file"),
    OIDC_CLIENT_SECRET_FILE: directory,
  });
  for (const name of ["AUTH_SECRET", "DATABASE_URL", "OIDC_CLIENT_SECRET"]) {
    reader.readSecret(name, z.string());
  }
  expect(reader.problems).toEqual([
    "AUTH_SECRET and AUTH_SECRET_FILE are both set: set only one of them.",
    `DATABASE_URL_FILE is ${JSON.stringify(join(directory, "no-such-file"))}, which cannot be read (ENOENT): it must be the path of a file that holds the secret.`,
    `OIDC_CLIENT_SECRET_FILE is ${JSON.stringify(directory)}, which cannot be read (EISDIR): it must be the path of a file that holds the secret.`,
  ]);
});
