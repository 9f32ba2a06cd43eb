import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readSecretFiles } from "./env-checks";

const directory = mkdtempSync(join(tmpdir(), "env-checks-test-"));
afterAll(() => rmSync(directory, { recursive: true }));

function file(text: string): string {
  const path = join(mkdtempSync(join(directory, "f-")), "secret");
  writeFileSync(path, text);
  return path;
}

test.each(["AUTH_SECRET", "DATABASE_URL", "BOOTSTRAP_ADMIN_PASSWORD", "OIDC_CLIENT_SECRET"])(
  "%s can stand in a file",
  (name) => {
    const read = readSecretFiles({ PORT: "1", [`${name}_FILE`]: file("a secret\n") });
    expect(read).toMatchObject({ ok: true, value: { PORT: "1", [name]: "a secret" } });
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
  const read = readSecretFiles({ AUTH_SECRET_FILE: file(text) });
  expect(read.ok && read.value.AUTH_SECRET).toBe(secret);
});

test("what cannot be read, and what is said twice, is one sentence each without the secret", () => {
  const read = readSecretFiles({
    AUTH_SECRET: "must-not-show",
    AUTH_SECRET_FILE: file("must-not-show"),
    DATABASE_URL_FILE: join(directory, "no-such-file"),
    OIDC_CLIENT_SECRET_FILE: directory,
  });
  expect(read).toEqual({
    ok: false,
    failure: [
      "AUTH_SECRET and AUTH_SECRET_FILE are both set: set only one of them.",
      `DATABASE_URL_FILE is ${JSON.stringify(join(directory, "no-such-file"))}, which cannot be read (ENOENT): it must be the path of a file that holds the secret.`,
      `OIDC_CLIENT_SECRET_FILE is ${JSON.stringify(directory)}, which cannot be read (EISDIR): it must be the path of a file that holds the secret.`,
    ],
  });
});
