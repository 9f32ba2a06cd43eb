import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** The level of each requirement of ASVS 5.0.0, by its section and in the order of its number. */
const LEVELS: Readonly<Record<string, string>> = {
  ...{ "V1.1": "22", "V1.2": "1111122223", "V1.3": "112222222223", "V1.4": "222", "V1.5": "123" },
  ...{ "V2.1": "122", "V2.2": "112", "V2.3": "12223", "V2.4": "23" },
  ...{ "V3.1": "3", "V3.2": "113", "V3.3": "12223", "V3.4": "11222233", "V3.5": "11122333" },
  ...{ "V3.6": "3", "V3.7": "22333" },
  ...{ "V4.1": "12233", "V4.2": "23333", "V4.3": "22", "V4.4": "1222" },
  ...{ "V5.1": "2", "V5.2": "112333", "V5.3": "113", "V5.4": "222" },
  ...{ "V6.1": "122", "V6.2": "111111112222", "V6.3": "11223333", "V6.4": "112233" },
  ...{ "V6.5": "22222333", "V6.6": "2223", "V6.7": "33", "V6.8": "2222" },
  ...{ "V7.1": "222", "V7.2": "1111", "V7.3": "22", "V7.4": "11222", "V7.5": "223", "V7.6": "22" },
  ...{ "V8.1": "1233", "V8.2": "1123", "V8.3": "133", "V8.4": "23" },
  ...{ "V9.1": "111", "V9.2": "1222" },
  ...{ "V10.1": "22", "V10.2": "223", "V10.3": "22223", "V10.4": "1111122222233333" },
  ...{ "V10.5": "22222", "V10.6": "22", "V10.7": "222" },
  ...{ "V11.1": "2233", "V11.2": "22233", "V11.3": "11233", "V11.4": "1222" },
  ...{ "V11.5": "23", "V11.6": "23", "V11.7": "33" },
  ...{ "V12.1": "12233", "V12.2": "11", "V12.3": "22223" },
  ...{ "V13.1": "2333", "V13.2": "222223", "V13.3": "2233", "V13.4": "1222233" },
  ...{ "V14.1": "22", "V14.2": "12223333", "V14.3": "122" },
  ...{ "V15.1": "12233", "V15.2": "12233", "V15.3": "1222222", "V15.4": "3333" },
  ...{ "V16.1": "2", "V16.2": "22222", "V16.3": "2222", "V16.4": "222", "V16.5": "2223" },
  ...{ "V17.1": "23", "V17.2": "22223333", "V17.3": "22" },
};

const STATES = ["met", "not met", "deployment", "does not apply"] as const;

const security = readFileSync("SECURITY.md", "utf8");
const section = readFileSync("docs/asvs.md", "utf8");

/** The cells of each line of a table. */
const lines = section
  .split("\n")
  .filter((line) => line.startsWith("|"))
  .map((line) => line.slice(1, -1).split("|"))
  .map((cells) => cells.map((cell) => cell.trim()));

/** The requirements that are asked of a desk: those of level 1 and 2. */
const asked = Object.entries(LEVELS).flatMap(([part, levels]) =>
  [...levels].flatMap((level, index) =>
    level === "3" ? [] : [{ id: `${part}.${index + 1}`, level }],
  ),
);

const rows = lines
  .filter(([name = ""]) => /^V\d/.test(name))
  .map(([name = "", level = "", state = "", how = "", code = "", tests = ""]) => {
    const [prefix = ""] = name.split(" · all");
    const isMeant = ({ id }: { id: string }) =>
      name === prefix ? id === name : id.startsWith(`${prefix}.`);
    return { name, level, state, how, files: code + tests, tests, about: asked.filter(isMeant) };
  });

type Row = (typeof rows)[number];

/** What stands between backquotes. */
function namesIn(markdown: string): string[] {
  return [...markdown.matchAll(/`([^`\n]+)`/g)].map(([, name = ""]) => name);
}

test("the requirements are those of the standard", () => {
  const levels = Object.values(LEVELS).join("");
  const count = (level: string) => levels.split(level).length - 1;
  expect([count("1"), count("2"), count("3")]).toEqual([70, 183, 92]);
});

test("each of them has one row, alone or with its group", () => {
  const covered = rows.flatMap(({ about }) => about.map(({ id }) => id));
  expect(covered.toSorted()).toEqual(asked.map(({ id }) => id).toSorted());
});

test("each row says its level, whether it is met, and how or why not", () => {
  const levels = ({ about }: Row) =>
    [...new Set(about.map(({ level }) => level))].toSorted().join(", ");
  expect(rows.filter((row) => row.level !== levels(row))).toEqual([]);
  expect(rows.filter(({ state }) => !STATES.some((known) => known === state))).toEqual([]);
  expect(rows.filter(({ how }) => how === "")).toEqual([]);
});

test("each row names files that are there, and as tests only such", () => {
  expect(rows.flatMap(({ files }) => namesIn(files)).filter((name) => !existsSync(name))).toEqual(
    [],
  );
  const tests = rows.flatMap((row) => namesIn(row.tests));
  expect(tests.filter((name) => !/\.(test|spec)\.tsx?$/.test(name))).toEqual([]);
});

test("the counts at its head are those of its rows", () => {
  const count = (state: string, level: string) =>
    rows
      .filter((row) => row.state === state)
      .flatMap(({ about }) => about.filter((requirement) => requirement.level === level)).length;
  const head = lines.filter(([state]) => STATES.some((known) => known === state));
  expect(head).toEqual(
    STATES.map((state) => [state, `${count(state, "1")}`, `${count(state, "2")}`]),
  );
});

test("the files that SECURITY.md names are there", () => {
  const named = namesIn(security).filter((name) =>
    /^(app|components|lib|e2e)\/\S+\.\w+$/.test(name),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((name) => !existsSync(name))).toEqual([]);
});

test("links lead to headings of SECURITY.md", () => {
  const headings = [...security.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\w -]/g, "")
      .replaceAll(" ", "-"),
  );
  const inside = [...security.matchAll(/\]\(#([^)]+)\)/g)].map(([, link = ""]) => link);
  const fromTable = [...section.matchAll(/\]\(\.\.\/SECURITY\.md#([^)]+)\)/g)].map(
    ([, link = ""]) => link,
  );
  expect(fromTable.length).toBeGreaterThan(10);
  expect([...inside, ...fromTable].filter((link) => !headings.includes(link))).toEqual([]);
});
