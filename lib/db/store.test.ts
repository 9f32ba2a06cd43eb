import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Secret } from "@/lib/secret";
import { type PostgresServer, startPostgres } from "@/lib/testing/postgres";
import { createDatabase, testStores } from "@/lib/testing/stores";
import { StoreError } from "./errors";
import { accounts } from "./schema";
import { type OpenedStore, openStore } from "./store";

const person = { name: "Ann", role: "support", passwordHash: "x" } as const;

describe.each(testStores)("a store on $name", ({ open }) => {
  let opened: OpenedStore;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());

  test("keeps an account with its times and its defaults", async () => {
    const before = Date.now();
    const [row] = await opened.store
      .insert(accounts)
      .values({ ...person, email: "ann@example.com" })
      .returning();
    expect(row).toMatchObject({ ...person, email: "ann@example.com", disabledAt: null });
    expect(row?.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(Math.abs((row?.createdAt.getTime() ?? 0) - before)).toBeLessThan(60_000);
  });

  test.each([
    ["the same address twice", { email: "ann@example.com" }],
    ["an address in capitals", { email: "Ann@example.com" }],
  ])("refuses %s", async (_, change) => {
    await expect(opened.store.insert(accounts).values({ ...person, ...change })).rejects.toThrow();
  });

  test("undoes a transaction that throws", async () => {
    const undone = opened.store.transaction(async (transaction) => {
      await transaction.insert(accounts).values({ ...person, email: "bo@example.com" });
      throw new Error("stop");
    });
    await expect(undone).rejects.toThrow("stop");
    const emails = await opened.store.select({ email: accounts.email }).from(accounts);
    expect(emails).not.toContainEqual({ email: "bo@example.com" });
  });
});

describe("on a PostgreSQL server", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  test("many instances can open and migrate one empty database at once", async () => {
    const url = new Secret(await createDatabase(server.url));
    const opened = await Promise.all([1, 2, 3, 4].map(() => openStore({ kind: "postgres", url })));
    const last = await opened.at(-1)?.store.select().from(accounts);
    expect(last).toEqual([]);
    await Promise.all(opened.map((each) => each.close()));
  });

  test("a missing database is named in one sentence", async () => {
    const url = new URL(server.url);
    url.pathname = "/absent";
    const opening = openStore({ kind: "postgres", url: new Secret(url.href) });
    await expect(opening).rejects.toThrow(StoreError);
    await expect(opening).rejects.toThrow(/^The database of DATABASE_URL cannot be used: .*absent/);
  });
});

test("a server that is not there is named without the password", async () => {
  const url = new Secret("postgres://desk:must-not-show@127.0.0.1:1/desk");
  const opening = openStore({ kind: "postgres", url });
  await expect(opening).rejects.toThrow(/ECONNREFUSED 127\.0\.0\.1:1\./);
  await expect(opening).rejects.not.toThrow(/must-not-show/);
});
