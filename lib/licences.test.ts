import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";

const lockEntry = z.object({
  version: z.string().optional(),
  license: z.string().optional(),
  integrity: z.string().optional(),
  resolved: z.string().optional(),
  dev: z.boolean().optional(),
  optional: z.boolean().optional(),
  inBundle: z.boolean().optional(),
});
const lock = z
  .object({ lockfileVersion: z.number(), packages: z.record(z.string(), lockEntry) })
  .parse(JSON.parse(readFileSync("package-lock.json", "utf8")));
const entries = Object.entries(lock.packages).filter(([path]) => path !== "");
const production = entries.filter(([, entry]) => entry.dev !== true);

/** Ask for nothing but that their text goes along, which it does in each package. */
const ALLOWED = new Set([
  "MIT",
  "ISC",
  "0BSD",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "CC0-1.0",
  "Unlicense",
  "PostgreSQL",
]);

/** What is allowed although its licence asks for more, and why that is kept. */
const EXCEPTIONS: readonly { readonly name: RegExp; readonly licence: string }[] = [
  // A library of its own that its user can replace; the desk has the optimiser that loads it switched off.
  { name: /^@img\/sharp-(libvips-[\w-]+|win32-\w+|wasm32)$/, licence: "LGPL-3.0-or-later" },
  // Data about browsers, read while building; nothing of it is in what is built.
  { name: /^caniuse-lite$/, licence: "CC-BY-4.0" },
  // The fonts, given to browsers unchanged; docs/third-party-notices.md has the text.
  { name: /^@fontsource-variable\/geist(-mono)?$/, licence: "OFL-1.1" },
];

const nameOf = (path: string) => path.replace(/^.*node_modules\//, "");

function licenceOf(path: string, { license }: z.infer<typeof lockEntry>): string {
  const manifest = join(path, "package.json");
  if (!existsSync(manifest)) return license ?? "none";
  return String(JSON.parse(readFileSync(manifest, "utf8")).license ?? "none");
}

/** The licences of an expression that may not be used; of those joined by OR one is enough. */
function forbiddenIn(expression: string, name: string): string[] {
  const isAllowed = (licence: string) =>
    ALLOWED.has(licence) ||
    EXCEPTIONS.some((one) => one.licence === licence && one.name.test(name));
  const bare = expression.replace(/^\((.*)\)$/, "$1");
  const choices = bare.split(" OR ").map((choice) => choice.split(" AND "));
  const forbidden = choices.map((all) => all.filter((licence) => !isAllowed(licence)));
  return forbidden.some((none) => none.length === 0) ? [] : forbidden.flat();
}

describe("what the desk is made of", () => {
  test("may be used by its licence, every package of it", () => {
    const forbidden = production.flatMap(([path, entry]) =>
      forbiddenIn(licenceOf(path, entry), nameOf(path)).map((licence) => `${path}: ${licence}`),
    );
    expect(forbidden).toEqual([]);
    expect(production.length).toBeGreaterThan(100);
    // What is installed speaks for itself, and that is nearly all that is not for another platform.
    const required = production.filter(([, entry]) => !entry.optional);
    expect(required.filter(([path]) => existsSync(path)).length).toBeGreaterThan(100);
  });

  test("needs each exception, and no other", () => {
    for (const { name, licence } of EXCEPTIONS) {
      const users = production.filter(
        ([path, entry]) => name.test(nameOf(path)) && licenceOf(path, entry).includes(licence),
      );
      expect(users.length, licence).toBeGreaterThan(0);
    }
  });

  test.each([
    ["GPL-3.0-only", "a", ["GPL-3.0-only"]],
    ["MIT AND GPL-2.0", "a", ["GPL-2.0"]],
    ["(MIT OR GPL-2.0)", "a", []],
    ["CC-BY-4.0", "another", ["CC-BY-4.0"]],
    ["LGPL-3.0-or-later", "@img/sharp-libvips-linux-x64", []],
    ["none", "a", ["none"]],
  ])("the check finds what is wrong with %s of %s", (expression, name, forbidden) => {
    expect(forbiddenIn(expression, name)).toEqual(forbidden);
  });
});

describe("the lock file", () => {
  test("holds the checksum of every package that is fetched", () => {
    const unchecked = entries.filter(
      ([, entry]) => !entry.inBundle && !/^sha512-[\w+/]{86}==$/.test(entry.integrity ?? ""),
    );
    expect(unchecked.map(([path]) => path)).toEqual([]);
    expect(lock.lockfileVersion).toBe(3);
  });

  test("names no place to fetch from, and nothing but registry versions", () => {
    const placed = entries.filter(
      ([, entry]) => entry.resolved !== undefined || !/^\d+\.\d+\.\d+/.test(entry.version ?? ""),
    );
    expect(placed.map(([path]) => path)).toEqual([]);
  });
});
