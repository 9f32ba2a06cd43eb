import { eq, isNull, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Database, OpenedDatabase } from "@/lib/db/database";
import { accounts, auditEvents, sessions, signInThrottle } from "@/lib/db/schema";
import { CHEAP_PASSWORD, CHEAP_PASSWORD_HASH } from "@/lib/testing/cheap-password";
import { deskEnvironment } from "@/lib/testing/desk-environment";
import { testDatabases } from "@/lib/testing/test-databases";
import { beginSession } from "./session-lifecycle";
import { endSessionsOf } from "./sessions";
import { type Proof, signIn } from "./sign-in";

vi.mock("next/headers", () => ({
  headers: async () => new Headers({ "x-request-id": "one" }),
  cookies: async () => ({ get: () => undefined, set: () => {} }),
}));
for (const [name, value] of Object.entries(deskEnvironment("http://127.0.0.1:3000"))) {
  vi.stubEnv(name, value);
}

const PERSON = { email: "ann@example.com", name: "Ann", role: "support" } as const;

describe.each(testDatabases)("beginning a session on $name", ({ name, open }) => {
  let opened: OpenedDatabase;
  let ann: string;
  beforeAll(async () => {
    opened = await open();
    globalThis.channelDeskDatabase = Promise.resolve(opened);
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await opened.db.delete(accounts);
    await opened.db.delete(signInThrottle);
    const person = { ...PERSON, passwordHash: CHEAP_PASSWORD_HASH };
    const [added] = await opened.db.insert(accounts).values(person).returning();
    ann = added?.id ?? "";
  });

  async function proof(): Promise<Proof> {
    const given = { email: PERSON.email, password: CHEAP_PASSWORD };
    const heads = { code: null, address: "192.0.2.1", device: undefined };
    const result = await signIn(opened.db, { ...given, ...heads }, new Date());
    if (!result.ok) throw new Error("Ann should be in.");
    return result.value.proof;
  }
  const change = (db: Database, values: Partial<typeof accounts.$inferInsert>) =>
    db.update(accounts).set(values).where(eq(accounts.id, ann));
  const alive = () => opened.db.$count(sessions, isNull(sessions.endedAt));

  test("says in the audit by what the person has shown who it is", async () => {
    const { secretsDigest } = await proof();
    const before = await opened.db.$count(auditEvents);
    const ways = ["password", "password+code", "password+recoveryCode"] as const;
    for (const way of ways) await beginSession(ann, { way, secretsDigest });
    await beginSession(ann, { way: "oidc", idToken: null });
    const rows = await opened.db.select().from(auditEvents).orderBy(auditEvents.sequence);
    expect(rows.slice(before).map(({ target }) => target)).toEqual([...ways, "oidc"]);
  });

  test.each([
    ["the password was reset", { passwordHash: null }],
    ["another password was chosen", { passwordHash: "another" }],
    ["codes were switched on", { totpSecret: "sealed" }],
    ["the account was disabled", { disabledAt: new Date() }],
  ])("does not when %s after the password was looked at", async (_, values) => {
    const shown = await proof();
    await change(opened.db, values);
    await expect(beginSession(ann, shown)).rejects.toThrow("not what it was");
    expect(await alive()).toBe(0);
  });

  test("of who comes from the provider it asks only that the account is not disabled", async () => {
    await change(opened.db, { passwordHash: null });
    await beginSession(ann, { way: "oidc", idToken: null });
    await change(opened.db, { disabledAt: new Date() });
    await expect(beginSession(ann, { way: "oidc", idToken: null })).rejects.toThrow(
      "not what it was",
    );
    expect(await alive()).toBe(1);
  });

  test("waits for a change that is under way, and then does not", async () => {
    const shown = await proof();
    let beginning: Promise<string> | undefined;
    await opened.db.transaction(async (transaction) => {
      await change(transaction, { passwordHash: null });
      await endSessionsOf(transaction, ann, {}, new Date());
      beginning = beginSession(ann, shown).then(
        () => "begun",
        () => "refused",
      );
      // The embedded database does one thing after the other by itself.
      if (name === "PostgreSQL") await Promise.race([beginning, somebodyWaits(transaction)]);
    });
    expect(await beginning).toBe("refused");
    expect(await alive()).toBe(0);
  });
});

async function somebodyWaits(db: Database): Promise<void> {
  const waitsForThis = sql`not granted and pg_backend_pid() = any(pg_blocking_pids(pid))`;
  let waiting: unknown[] = [];
  while (waiting.length === 0) {
    waiting = await db.select({ pid: sql`pid` }).from(sql`pg_locks`).where(waitsForThis);
  }
}
