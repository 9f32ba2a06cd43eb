import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { OpenedDatabase } from "@/lib/db/database";
import { accounts, links } from "@/lib/db/schema";
import { testDatabases } from "@/lib/testing/test-databases";
import { newLinkId } from "./link-address";
import { type Link, MAX_LINK_QUERY, MAX_LINKS, readLink, saveLink } from "./links";

const START = new Date("2026-01-01T00:00:00Z");
const day = (days: number) => new Date(START.getTime() + days * 86_400_000);
const PAGE = "lookup";
const QUERY = "q=%E9%A2%91%E9%81%93&subscriber=107867";

describe.each(testDatabases)("links on $name", ({ open }) => {
  let opened: OpenedDatabase;
  let ann: string;
  let bo: string;
  const save = (link: Pick<Link, "id"> & Partial<Link & { accountId: string }>, now = START) =>
    saveLink(opened.db, { page: PAGE, query: QUERY, accountId: ann, ...link }, now);
  const read = (id: string, now = START) => readLink(opened.db, { id, page: PAGE }, now);

  beforeAll(async () => {
    opened = await open();
    const people = ["ann@example.com", "bo@example.com"].map(
      (email) => ({ email, name: "A", role: "support", passwordHash: "x" }) as const,
    );
    const added = await opened.db.insert(accounts).values(people).returning();
    [ann = "", bo = ""] = added.map(({ id }) => id);
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await opened.db.delete(links);
  });

  test("give back what they stand for, and nothing for another id", async () => {
    const id = newLinkId();
    expect(await save({ id })).toBe(true);
    expect(await read(id)).toBe(QUERY);
    expect(await read(newLinkId())).toBeNull();
    expect(await read("")).toBeNull();
  });

  test("open in the page that they are of, and in no other", async () => {
    const id = newLinkId();
    await save({ id, page: "audit" });
    expect(await read(id)).toBeNull();
    expect(await readLink(opened.db, { id, page: "audit" }, START)).toBe(QUERY);
    expect(await save({ id })).toBe(false);
  });

  test("may be as long as they may be", async () => {
    const id = newLinkId();
    const query = "q".repeat(MAX_LINK_QUERY);
    expect(await save({ id, query })).toBe(true);
    expect(await read(id)).toBe(query);
    await expect(save({ id: newLinkId(), query: `${query}q` })).rejects.toThrow();
  });

  test("may be stored again, but never stand for something else", async () => {
    const id = newLinkId();
    await save({ id });
    expect(await save({ id })).toBe(true);
    expect(await save({ id, query: "subscriber=another" })).toBe(false);
    expect(await read(id)).toBe(QUERY);
  });

  test("of many that store one id for different things, one does", async () => {
    const id = newLinkId();
    const queries = ["a", "b", "c", "d", "e"].map((name) => `subscriber=${name}`);
    const saved = await Promise.all(queries.map((query) => save({ id, query })));
    expect(saved.filter(Boolean)).toHaveLength(1);
    expect(await read(id)).toBe(queries[saved.indexOf(true)]);
  });

  test("live for 90 days after they were last used", async () => {
    const [opened, storedAgain, unused] = [newLinkId(), newLinkId(), newLinkId()];
    for (const id of [opened, storedAgain, unused]) await save({ id });
    expect(await read(opened, day(89))).toBe(QUERY);
    expect(await save({ id: storedAgain }, day(89))).toBe(true);
    expect(await read(unused, day(91))).toBeNull();
    expect(await read(opened, day(178))).toBe(QUERY);
    expect(await read(storedAgain, day(178))).toBe(QUERY);
  });

  test("of one person are a thousand at most, those last used, and take none from others", async () => {
    const [others, oldest, older] = [newLinkId(), newLinkId(), newLinkId()];
    await save({ id: others, accountId: bo });
    await save({ id: oldest });
    await save({ id: older }, day(1));
    const many = Array.from({ length: MAX_LINKS - 2 }, () => ({
      ...({ id: newLinkId(), page: PAGE, query: QUERY, accountId: ann } as const),
      ...{ createdAt: day(2), usedAt: day(2) },
    }));
    await opened.db.insert(links).values(many);
    await read(oldest, day(3));
    const newest = newLinkId();
    expect(await save({ id: newest }, day(4))).toBe(true);
    expect(await opened.db.$count(links)).toBe(MAX_LINKS + 1);
    expect(await read(older, day(4))).toBeNull();
    for (const id of [others, oldest, newest]) expect(await read(id, day(4))).toBe(QUERY);
  });
});
