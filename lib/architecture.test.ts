import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, posix, resolve, sep } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";

type SourceFile = { readonly path: string; readonly text: string };

function filesUnder(directory: string): SourceFile[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).replaceAll(sep, "/"))
    .map((path) => ({ path, text: readFileSync(path, "utf8") }));
}

const isTest = ({ path }: SourceFile) => /\.test\.tsx?$|^lib\/testing\//.test(path);
const isCode = ({ path }: SourceFile) => /\.(tsx?|mjs)$/.test(path);

const root = readdirSync(".")
  .filter((name) => /\.(ts|mjs)$/.test(name))
  .map((path) => ({ path, text: readFileSync(path, "utf8") }));
const product = [...["app", "components", "lib"].flatMap(filesUnder), ...root].filter(
  (file) => !isTest(file),
);

describe("the vendor's spelling", () => {
  const words =
    /\b(Subscriber_Account|Official_Account|Owner_Account|OfficialAccount\w*|SelfInfo\w*|ResponseFilter|CreateTime|LastMsgTime|SubscriberNum|SubscribeTime|FaceUrl|CustomString|TotalCount|CompleteFlag|ErrorCode|ErrorInfo|ActionStatus|usersig|sdkappid)\b/;
  const isHome = ({ path }: SourceFile) => /^lib\/chat-(api|emulator)\//.test(path);

  it("lives in lib/chat-api and lib/chat-emulator only", () => {
    const strangers = product.filter((file) => !isHome(file) && words.test(file.text));
    expect(strangers.map(({ path }) => path)).toEqual([]);
  });

  it("is what the pattern finds", () => {
    const speakers = product.filter((file) => words.test(file.text)).map(({ path }) => path);
    expect(speakers).toContain("lib/chat-api/wire.ts");
    expect(speakers.some((path) => path.startsWith("lib/chat-emulator/"))).toBe(true);
  });
});

describe("a table", () => {
  const tables = product
    .filter(({ path, text }) => path.endsWith(".tsx") && /<table\b/.test(text))
    .map(({ path }) => path);

  it("is rendered by components/data-table only", () => {
    expect(tables.filter((path) => !path.startsWith("components/data-table/"))).toEqual([]);
  });

  it("is what the pattern finds", () => {
    expect(tables).toContain("components/data-table/data-table.tsx");
  });
});

describe("imports point one way", () => {
  const pages = "A page never imports another page";
  const outside = "The product never imports the emulator";
  const sharedComponents = "components do not know the pages";
  const noDomain = "know nothing of the domain";
  const library = "lib does not know the pages";
  const http = "speak HTTP to it";
  const noHooks = "no JSX and no hooks";
  const vendorOnly = "imports zod and Node only";
  const apart = "shares nothing with the client";
  const cases: readonly (readonly [folder: string, specifier: string, sentence: string | null])[] =
    [
      ["app/(desk)/lookup", "@/app/(desk)/channels/columns", pages],
      ["app/(desk)/lookup", "../channels/columns", pages],
      ["app/(desk)/lookup", "../../sign-in/attempt", pages],
      ["app/(desk)/lookup", "@/lib/chat-emulator/server", outside],
      ["app/(desk)/lookup", "@/lib/cli/desk", outside],
      ["app/(desk)/lookup", "@/components/ui/button", null],
      ["app/(desk)/lookup", "./columns", null],
      ["app/(desk)/lookup/row", "@/app/(desk)/channels/columns", pages],
      ["app/(desk)/lookup/row", "../../channels/columns", pages],
      ["app/(desk)/lookup/row", "../../../sign-in/attempt", pages],
      ["app/(desk)/lookup/row", "@/lib/chat-emulator/server", outside],
      ["app/(desk)/lookup/row", "../list/columns", null],
      ["app/(desk)/lookup/row", "../actions", null],
      ["components/shell", "@/app/(desk)/lookup/columns", sharedComponents],
      ["components/channel", "@/lib/chat-emulator/server", outside],
      ["components/channel", "@/lib/visible-text", null],
      ["components/ui", "@/lib/chat-api/types", noDomain],
      ["components/ui", "@/components/channel/avatar", noDomain],
      ["components/ui", "./button", null],
      ["components/data-table", "@/lib/chat-api/types", noDomain],
      ["components/data-table", "@/app/(desk)/lookup/columns", noDomain],
      ["components/data-table", "@/components/ui/button", null],
      ["lib/auth", "@/components/ui/button", library],
      ["lib/auth", "@/app/(desk)/lookup/actions", library],
      ["lib/auth", "@/lib/chat-emulator/server", http],
      ["lib/auth", "../chat-emulator/server", http],
      ["lib/auth", "react", noHooks],
      ["lib/auth", "@/lib/db/database", null],
      ["lib/chat-api", "@/lib/env", vendorOnly],
      ["lib/chat-api", "../env", vendorOnly],
      ["lib/chat-api", "next/headers", vendorOnly],
      ["lib/chat-api", "react", vendorOnly],
      ["lib/chat-api", "zod", null],
      ["lib/chat-api", "./wire", null],
      ["lib/chat-emulator", "../chat-api/wire", apart],
      ["lib/chat-emulator", "@/lib/chat-api/wire", apart],
      ["lib/chat-emulator", "zod", apart],
      ["lib/chat-emulator", "node:http", null],
    ];
  const plant = (index: number) => `${cases[index]?.[0]}/planted-${index}.ts`;

  let directory: string;
  let verdicts: Map<string, string>;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "architecture-"));
    for (const file of ["biome.json", ".gitignore"]) copyFileSync(file, join(directory, file));
    for (const [index, [folder, specifier]] of cases.entries()) {
      mkdirSync(join(directory, folder), { recursive: true });
      const text = `import { planted } from "${specifier}";\n\nplanted();\n`;
      writeFileSync(join(directory, plant(index)), text);
    }
    verdicts = restrictedImports(directory);
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it.each(cases.map((row, index) => [...row, index] as const))(
    "%s imports %s: %s",
    (_folder, _specifier, sentence, index) => {
      const verdict = verdicts.get(plant(index)) ?? null;
      if (sentence === null) expect(verdict).toBeNull();
      else expect(verdict).toContain(sentence);
    },
  );
});

/** What the linter says of imports in a directory, by file. */
function restrictedImports(directory: string): Map<string, string> {
  const biome = resolve("node_modules/@biomejs/biome/bin/biome");
  const args = [biome, "lint", "--reporter=json", "--max-diagnostics=none", "."];
  const { stdout } = spawnSync(process.execPath, args, { cwd: directory, encoding: "utf8" });
  const { diagnostics } = biomeReport.parse(JSON.parse(stdout));
  return new Map(
    diagnostics
      .filter(({ category }) => category === "lint/style/noRestrictedImports")
      .map(({ location, message }) => [location.path.replaceAll(sep, "/"), message]),
  );
}

const biomeReport = z.object({
  diagnostics: z.array(
    z.object({
      category: z.string(),
      message: z.string(),
      location: z.object({ path: z.string() }),
    }),
  ),
});

describe("import cycles", () => {
  it("do not exist, type imports included", () => {
    expect(filesInCycles(product)).toEqual([]);
  });

  it("are found through every kind of import", () => {
    const planted = [
      { path: "lib/types.ts", text: 'import type {\n  A,\n} from "./relative";' },
      { path: "lib/relative.tsx", text: 'export { b } from "@/app/(desk)/alias";' },
      { path: "app/(desk)/alias.ts", text: 'const c = () => import("../../lib/deep/dynamic");' },
      { path: "lib/deep/dynamic.ts", text: 'import "../effect.ts";' },
      { path: "lib/effect.ts", text: 'type D = typeof import("./types");' },
      { path: "lib/outside.ts", text: 'import { A } from "./types";\nimport { z } from "zod";' },
    ];
    expect(filesInCycles(planted)).toEqual(planted.slice(0, -1).map(({ path }) => path));
    const broken = planted.filter(({ path }) => path !== "lib/effect.ts");
    expect(filesInCycles(broken)).toEqual([]);
  });
});

/** Returns the files that import themselves, directly or through others. */
function filesInCycles(files: readonly SourceFile[]): string[] {
  const paths = new Set(files.map(({ path }) => path));
  const imports = new Map(files.map((file) => [file.path, importedFiles(file, paths)]));
  return [...paths].filter((start) => {
    const reached = new Set(imports.get(start));
    // A set also iterates over the members added meanwhile.
    for (const path of reached) for (const next of imports.get(path) ?? []) reached.add(next);
    return reached.has(start);
  });
}

function importedFiles({ path, text }: SourceFile, paths: ReadonlySet<string>): string[] {
  return [...text.matchAll(/\b(?:from|import)\s*\(?\s*"((?:@|\.\.?)\/[^"]+)"/g)]
    .map(([, specifier = ""]) => specifier)
    .map((specifier) =>
      specifier.startsWith("@/") ? specifier.slice(2) : posix.join(posix.dirname(path), specifier),
    )
    .flatMap((target) => ["", ".ts", ".tsx"].map((extension) => target + extension))
    .filter((target) => paths.has(target));
}

describe("the sources", () => {
  it("give the browser no environment variable", () => {
    const sources = [...product, ...filesUnder("e2e")].filter(isCode);
    const exposed = sources.filter(({ text }) => text.includes("NEXT_PUBLIC_"));
    expect(exposed.map(({ path }) => path)).toEqual([]);
  });

  it("pin every dependency exactly", () => {
    const { dependencies, devDependencies, overrides } = JSON.parse(
      readFileSync("package.json", "utf8"),
    );
    const pins = Object.entries({ ...dependencies, ...devDependencies, ...overrides });
    expect(
      pins.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(String(version))),
    ).toEqual([]);
    expect(pins.length).toBeGreaterThan(20);
  });

  it("lock versions, not the addresses of one registry", () => {
    const lock: unknown = JSON.parse(readFileSync("package-lock.json", "utf8"));
    expect(JSON.stringify(lock)).toContain('"node_modules/next"');
    expect(JSON.stringify(lock)).not.toContain('"resolved"');
  });

  it("have at most 20 files in a folder", () => {
    const counts = new Map<string, number>();
    for (const { path } of product.filter(isCode)) {
      const folder = posix.dirname(path);
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
    }
    expect(counts.get("lib")).toBeGreaterThan(0);
    expect([...counts].filter(([, count]) => count > 20)).toEqual([]);
  });

  it("have at most 400 lines in a file", () => {
    const long = product.filter(isCode).filter(({ text }) => text.split("\n").length > 400);
    expect(long.map(({ path }) => path)).toEqual([]);
  });
});
