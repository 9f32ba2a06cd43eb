import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { OpenedDatabase } from "@/lib/db/database";
import { accountLinks, accounts } from "@/lib/db/schema";
import { testDatabases } from "@/lib/testing/test-databases";
import { type LinkPurpose, linkOwner, removeLinks, replaceLink, spendLink } from "./accounts";

const NOW = new Date("2026-01-01T00:00:00Z");
const HOUR_MS = 60 * 60_000;
const later = (milliseconds: number) => new Date(NOW.getTime() + milliseconds);

describe.each(testDatabases)("links on $name", ({ open }) => {
  let opened: OpenedDatabase;
  let ann: string;
  let ben: string;
  const add = async (name: string): Promise<string> => {
    const values = { email: `${name}@example.com`, name, role: "support" } as const;
    const [added] = await opened.db.insert(accounts).values(values).returning();
    if (!added) throw new Error("No account was added.");
    return added.id;
  };
  const give = (accountId: string, purpose: LinkPurpose = "invite") =>
    replaceLink(opened.db, accountId, purpose, NOW);
  const find = (token: string, at = NOW) => linkOwner(opened.db, token, at);

  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await opened.db.delete(accounts);
    ann = await add("ann");
    ben = await add("ben");
  });

  test("a token has 256 bits, and the database does not know it", async () => {
    const tokens = await Promise.all([give(ann), give(ben)]);
    const stored = JSON.stringify(await opened.db.select().from(accountLinks));
    for (const { token } of tokens) {
      expect(token).toMatch(/^[\w-]{43}$/);
      expect(stored).not.toContain(token);
    }
    expect(new Set(tokens.map(({ token }) => token)).size).toBe(2);
  });

  test.each([
    ["invite", 7 * 24],
    ["reset", 24],
  ] as const)("a link to %s is good for %i hours", async (purpose, hours) => {
    const { token, expiresAt } = await give(ann, purpose);
    expect(expiresAt).toEqual(later(hours * HOUR_MS));
    const owner = { id: ann, email: "ann@example.com", name: "ann" };
    const good = { ok: true, value: { ...owner, purpose } };
    expect(await find(token)).toEqual(good);
    expect(await find(token, later(hours * HOUR_MS - 1))).toEqual(good);
    expect(await find(token, expiresAt)).toEqual({ ok: false, failure: "linkExpired" });
  });

  test("a newer link replaces the older, of this account alone", async () => {
    const [older, other] = [await give(ann), await give(ben)];
    const newer = await give(ann, "reset");
    expect(await find(older.token)).toEqual({ ok: false, failure: "linkGone" });
    expect(await find(newer.token)).toMatchObject({ ok: true });
    expect(await find(other.token)).toMatchObject({ ok: true });
    await removeLinks(opened.db, ann);
    expect(await find(newer.token)).toEqual({ ok: false, failure: "linkGone" });
    expect(await find(other.token)).toMatchObject({ ok: true });
  });

  test("of many who use a link at once, one does", async () => {
    const { token } = await give(ann);
    const spent = await Promise.all(Array.from({ length: 5 }, () => spendLink(opened.db, token)));
    expect(spent.filter(Boolean)).toHaveLength(1);
    expect(await find(token)).toEqual({ ok: false, failure: "linkGone" });
  });

  test.each(["", "x", "a".repeat(43)])("%j is no link", async (token) => {
    await give(ann);
    expect(await find(token)).toEqual({ ok: false, failure: "linkGone" });
    expect(await spendLink(opened.db, token)).toBe(false);
  });
});
