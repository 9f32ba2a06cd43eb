import { asc } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { channels } from "@/lib/db/channel-schema";
import type { Database, OpenedDatabase } from "@/lib/db/database";
import { channelVendor } from "@/lib/testing/channel-vendor";
import { testDatabases } from "@/lib/testing/test-databases";
import { addChannels, distinctIds } from "./watches";

const NOW = new Date("2026-03-10T12:00:00.000Z");
const failed = (ErrorCode: number) => ({ envelope: { ActionStatus: "FAIL", ErrorCode } });
const vendor = () =>
  channelVendor((id) => {
    if (id.startsWith("gone")) return { ErrorCode: 130004, ErrorInfo: "not found" };
    if (id.startsWith("refused")) return { ErrorCode: 130002, ErrorInfo: "no right" };
    if (id.startsWith("broken")) return failed(131000);
    if (id.startsWith("shapeless")) return failed(130007);
    return { Name: `Channel ${id}`, SubscriberNum: 7 };
  });

describe.each(testDatabases)("adding channels on $name", ({ open }) => {
  let opened: OpenedDatabase;
  let db: Database;
  beforeAll(async () => {
    opened = await open();
    db = opened.db;
  });
  beforeEach(() => db.delete(channels));
  afterAll(() => opened.close());

  const add = (ids: readonly string[], { client } = vendor()) =>
    addChannels(db, client, "demo", ids, () => NOW);
  const outcomes = async (ids: readonly string[]) =>
    (await add(ids)).map(({ outcome, code }) => (code === null ? outcome : `${outcome} ${code}`));

  test("says of each id what became of it, in their order", async () => {
    await add(["known"]);
    const before = { app: "demo", searchText: "", nameKey: "", firstSeenAt: NOW, seenAt: NOW };
    await db.insert(channels).values({ ...before, channelId: "gone known" });
    await db.insert(channels).values({ ...before, channelId: "gone-known" });
    const ids = ["new", "refused", "known", "gone", "gone-known", "shapeless", "two words"];
    expect(await outcomes(ids)).toEqual([
      "added",
      "refused 130002",
      "known",
      "unknown 130004",
      "gone 130004",
      "refused 130007",
      "malformed",
    ]);
    const rows = await db.select().from(channels).orderBy(asc(channels.channelId));
    expect(
      rows.map(({ channelId, subscriberCount, goneAt }) => [channelId, subscriberCount, goneAt]),
    ).toEqual([
      ["gone known", null, null],
      ["gone-known", null, NOW],
      ["known", 7, null],
      ["new", 7, null],
    ]);
  });

  test("gives the keys of those the desk knows now", async () => {
    const [added, unknown] = await add(["new", "gone"]);
    const [row] = await db.select().from(channels);
    expect(added?.key).toBe(row?.key);
    expect(unknown?.key).toBeNull();
  });

  test("a call that fails does not fail the others", async () => {
    const many = Array.from({ length: 50 }, (_, index) => `c${index}`);
    const found = await outcomes([...many, "broken", "neighbour"]);
    expect(found.slice(0, 50)).toEqual(many.map(() => "added"));
    expect(found.slice(50)).toEqual(["failed 131000", "failed 131000"]);
  });

  test("when every call fails, that is the answer", async () => {
    await expect(add(["broken"])).rejects.toMatchObject({ code: 131000 });
    expect(await add(["two words"])).toMatchObject([{ outcome: "malformed" }]);
    expect(await add([])).toEqual([]);
  });

  test("asks of the vendor only what may be an id, fifty a call", async () => {
    const asked = vendor();
    const many = Array.from({ length: 60 }, (_, index) => `c${index}`);
    await add(["x".repeat(129), "a\u202eb", ...many, "@TGS#_x", "頻道"], asked);
    expect(asked.calls.map(({ length }) => length).toSorted()).toEqual([12, 50]);
  });
});

test("pasted ids are taken without blanks, and each once", () => {
  expect(distinctIds([" a", "b\t", "", "a", " "])).toEqual(["a", "b"]);
});
