import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, expectTypeOf, it, test } from "vitest";
import { DEFAULT_LAYOUT, type TableLayout } from "@/components/data-table/layout";
import type { OpenedDatabase } from "@/lib/db/database";
import { accounts, preferences } from "@/lib/db/schema";
import { testDatabases } from "@/lib/testing/test-databases";
import { getPreferences, type Preferences, preferenceInput, savePreference } from "./preferences";

const LAYOUT = {
  density: "roomy",
  order: ["name", "channelId"],
  widths: { name: 240, ownerId: 80.5 },
  pinned: ["ownerId"],
} as const;
const DEFAULTS = {
  lookupTable: DEFAULT_LAYOUT,
  channelsTable: DEFAULT_LAYOUT,
  singleKeys: true,
  csvSeparator: "comma",
};

describe.each(testDatabases)("preferences on $name", ({ open }) => {
  let opened: OpenedDatabase;
  let ann: string;
  let bo: string;
  const add = async (email: string) => {
    const values = { email, name: "A", role: "support", passwordHash: "x" } as const;
    const [added] = await opened.db.insert(accounts).values(values).returning();
    return added?.id ?? "";
  };
  const of = (id: string) => getPreferences(opened.db, id);
  const db = (name: string, value: unknown) =>
    opened.db.insert(preferences).values({ accountId: ann, name, value, updatedAt: new Date() });

  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await opened.db.delete(accounts);
    ann = await add("ann@example.com");
    bo = await add("bo@example.com");
  });

  test("are the defaults until somebody changes one, and then his alone", async () => {
    expect(await of(ann)).toEqual(DEFAULTS);
    await savePreference(opened.db, ann, { name: "lookupTable", value: LAYOUT });
    await savePreference(opened.db, ann, { name: "singleKeys", value: false });
    await savePreference(opened.db, ann, { name: "csvSeparator", value: "semicolon" });
    expect(await of(ann)).toEqual({
      ...DEFAULTS,
      ...{ lookupTable: LAYOUT, singleKeys: false, csvSeparator: "semicolon" },
    });
    expect(await of(bo)).toEqual(DEFAULTS);
  });

  test("of one table are not those of another", async () => {
    await savePreference(opened.db, ann, { name: "channelsTable", value: LAYOUT });
    expect(await of(ann)).toEqual({ ...DEFAULTS, channelsTable: LAYOUT });
  });

  test("the last one stored holds", async () => {
    await savePreference(opened.db, ann, { name: "lookupTable", value: LAYOUT });
    await savePreference(opened.db, ann, { name: "lookupTable", value: DEFAULT_LAYOUT });
    expect(await of(ann)).toEqual(DEFAULTS);
  });

  test.each([
    ["a wrong density", { ...LAYOUT, density: "tiny" }],
    ["a part that is missing", { density: "roomy" }],
    ["an array", []],
    ["a text", "roomy"],
  ])("%s is the default, and spoils no other", async (_, value) => {
    await db("lookupTable", value);
    await db("singleKeys", false);
    await db("unheardOf", { a: 1 });
    expect(await of(ann)).toEqual({ ...DEFAULTS, singleKeys: false });
  });

  test("go with the account", async () => {
    await savePreference(opened.db, ann, { name: "singleKeys", value: false });
    await savePreference(opened.db, bo, { name: "singleKeys", value: false });
    await opened.db.delete(accounts).where(eq(accounts.id, ann));
    expect(await opened.db.$count(preferences)).toBe(1);
  });
});

describe("what a browser may store", () => {
  const table = (change: object) => ({ name: "lookupTable", value: { ...LAYOUT, ...change } });
  const ids = (count: number) => Array.from({ length: count }, (_, index) => `column${index}`);
  const widths = (count: number) => Object.fromEntries(ids(count).map((id) => [id, 800]));
  it.each([
    ["an arrangement", table({}), true],
    ["the default", table(DEFAULT_LAYOUT), true],
    [
      "as many columns as can be",
      table({ order: ids(64), pinned: ids(64), widths: widths(64) }),
      true,
    ],
    ["a column too many in the order", table({ order: ids(65) }), false],
    ["a column too many pinned", table({ pinned: ids(65) }), false],
    ["a width too many", table({ widths: widths(65) }), false],
    ["a strange id", table({ order: ["<b>"] }), false],
    ["the width of a strange id", table({ widths: { "a b": 100 } }), false],
    ["a long id", table({ pinned: ["x".repeat(33)] }), false],
    ["too narrow", table({ widths: { name: 59 } }), false],
    ["too wide", table({ widths: { name: 801 } }), false],
    ["no number", table({ widths: { name: Number.NaN } }), false],
    ["a part too many", table({ zoom: 2 }), false],
    ["another table", { name: "channelsTable", value: LAYOUT }, true],
    ["a switch", { name: "singleKeys", value: false }, true],
    ["a separator", { name: "csvSeparator", value: "tab" }, true],
    ["a separator that is none", { name: "csvSeparator", value: "pipe" }, false],
    ["a switch that is none", { name: "singleKeys", value: "no" }, false],
    ["one's value under another's name", { name: "singleKeys", value: LAYOUT }, false],
    ["an unknown name", { name: "theme", value: true }, false],
  ])("%s", (_case, given, accepted) => {
    expect(preferenceInput.safeParse(given).success).toBe(accepted);
  });
});

test("a table takes what is stored for it as it is", () => {
  expectTypeOf<Preferences["lookupTable"]>().toEqualTypeOf<TableLayout>();
  expectTypeOf<Preferences["channelsTable"]>().toEqualTypeOf<TableLayout>();
});
