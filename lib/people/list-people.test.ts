import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { endSession } from "@/lib/auth/sessions";
import type { OpenedDatabase } from "@/lib/db/database";
import { accounts } from "@/lib/db/schema";
import { deskPeople, NOW } from "@/lib/testing/desk-people";
import { testDatabases } from "@/lib/testing/test-databases";
import type { WaysIn } from "./list-people";
import { emailOf, listPeople, type PeopleQuery } from "./list-people";
import { disable, enable, invite, resetPassword } from "./people";

const ISSUER = "https://login.example";
const BOTH: WaysIn = { localAccounts: true, issuer: ISSUER };
const IDLE_MINUTES = 120;
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

describe.each(testDatabases)("the list of people on $name", ({ open }) => {
  let opened: OpenedDatabase;
  let desk: ReturnType<typeof deskPeople>;
  beforeAll(async () => {
    opened = await open();
    desk = deskPeople(opened.db);
  });
  afterAll(() => opened.close());
  beforeEach(() => opened.db.delete(accounts));

  const list = (query: Partial<PeopleQuery> = {}, ways = BOTH) => {
    const all = { search: "", offset: 0, size: 50, ...query };
    return listPeople(opened.db, all, ways, IDLE_MINUTES, NOW);
  };
  const names = async (query: Partial<PeopleQuery> = {}) =>
    (await list(query)).people.map(({ name }) => name);
  const states = async (ways = BOTH) =>
    Object.fromEntries((await list({}, ways)).people.map(({ name, state }) => [name, state]));

  test("says of each what an administrator decides by, and nothing secret", async () => {
    const { id } = await desk.add("Ann", { role: "product", totpSecret: "sealed" });
    await desk.signIn(id, minutesAgo(30));
    await desk.signIn(id, minutesAgo(5));
    expect(await list()).toEqual({
      total: 1,
      people: [
        {
          ...{ id, email: "ann@example.com", name: "Ann", role: "product", state: "active" },
          ...{ heldByProvider: false, hasPassword: true, hasCodes: true },
          ...{ lastSeenAt: minutesAgo(5), neverSeen: false },
          ...{ liveSessions: 2, linkExpiresAt: null },
        },
      ],
    });
  });

  test("a session that was ended, is over or idle too long is not live, but was seen", async () => {
    const { id } = await desk.add("Ann");
    await desk.signIn(id, minutesAgo(13 * 60));
    await desk.signIn(id, minutesAgo(IDLE_MINUTES + 1));
    await endSession(opened.db, await desk.signIn(id, minutesAgo(1)), NOW);
    expect(await list()).toMatchObject({
      people: [{ liveSessions: 0, lastSeenAt: minutesAgo(1) }],
    });
    await desk.signIn(id, minutesAgo(IDLE_MINUTES - 1));
    expect(await list()).toMatchObject({ people: [{ liveSessions: 1 }] });
  });

  test("an account younger than sessions are kept, or only invited, was never seen without one", async () => {
    const months = (count: number) => new Date(NOW.getTime() - count * 31 * 24 * 3_600_000);
    await desk.add("New");
    await desk.add("Old", { createdAt: months(1) });
    const invitation = { email: "late@example.com", name: "Late", role: "support" } as const;
    await invite(opened.db, invitation, BOTH, NOW);
    await opened.db
      .update(accounts)
      .set({ createdAt: months(3) })
      .where(eq(accounts.email, "late@example.com"));
    const { people } = await list();
    expect(
      people.map(({ name, lastSeenAt, neverSeen, hasPassword }) => [
        name,
        lastSeenAt,
        neverSeen,
        hasPassword,
      ]),
    ).toEqual([
      ["Late", null, true, false],
      ["New", null, true, true],
      ["Old", null, false, true],
    ]);
  });

  test("tells apart who can enter and who cannot, and why", async () => {
    const gone = await desk.add("Gone");
    const forgot = await desk.add("Forgot");
    await desk.add("Local");
    await desk.add("Sso", { passwordHash: null, oidcIssuer: ISSUER, oidcSubject: "1" });
    const former = { passwordHash: null, oidcIssuer: "https://former.example", oidcSubject: "1" };
    await desk.add("Former", former);
    const link = await invite(
      opened.db,
      { email: "new@example.com", name: "New", role: "admin" },
      BOTH,
      NOW,
    );
    await disable(opened.db, { id: gone.id }, BOTH, NOW);
    await resetPassword(opened.db, { id: forgot.id }, BOTH, NOW);

    const expected = { Local: "active", New: "invited", Forgot: "reset", Gone: "disabled" };
    expect(await states()).toEqual({ ...expected, Sso: "active", Former: "noWayIn" });
    const { people } = await list({ search: "new@" });
    expect(people[0]?.linkExpiresAt).toEqual(link.ok && link.value.expiresAt);

    const without = { localAccounts: true, issuer: null };
    expect(await states(without)).toMatchObject({ Sso: "noWayIn", Local: "active" });
    const alone = { localAccounts: false, issuer: ISSUER };
    expect(await states(alone)).toMatchObject({ Sso: "active", Local: "noWayIn" });

    await enable(opened.db, { id: gone.id });
    expect(await states()).toMatchObject({ Gone: "active" });
  });

  test("only who comes by the present provider is held by it", async () => {
    await desk.add("Sso", { oidcIssuer: ISSUER, oidcSubject: "1" });
    await desk.add("Former", { oidcIssuer: "https://former.example", oidcSubject: "1" });
    const { people } = await list();
    expect(people.map(({ name, heldByProvider }) => [name, heldByProvider])).toEqual([
      ["Former", false],
      ["Sso", true],
    ]);
  });

  test.each([
    ["ann", ["Ann", "Joanna"]],
    [" ANN ", ["Ann", "Joanna"]],
    ["ben@", ["Ben"]],
    ["example", ["Ann", "Ben", "Joanna", "김민지"]],
    ["민지", ["김민지"]],
    ["%", []],
    ["_", []],
    ["\\", []],
    ["'; drop table accounts; --", []],
    ["", ["Ann", "Ben", "Joanna", "김민지"]],
  ])("%j finds %j", async (search, expected) => {
    for (const name of ["Joanna", "Ben", "Ann", "김민지"]) await desk.add(name);
    expect(await names({ search })).toEqual(expected);
    expect((await list({ search })).total).toBe(expected.length);
  });

  test("pages hold everybody once, in one order, and count all", async () => {
    for (const name of ["e", "B", "d", "A", "c"]) await desk.add(name);
    const pages = [await names({ size: 2 }), await names({ size: 2, offset: 2 })];
    expect([...pages.flat(), ...(await names({ size: 2, offset: 4 }))]).toEqual([
      ...["A", "B", "c", "d", "e"],
    ]);
    expect((await list({ size: 2, offset: 4 })).total).toBe(5);
    expect(await list({ size: 2, offset: 6 })).toEqual({ total: 5, people: [] });
  });

  test("an address by which to name somebody", async () => {
    const { id } = await desk.add("Ann");
    expect(await emailOf(opened.db, id)).toBe("ann@example.com");
    await opened.db.delete(accounts);
    expect(await emailOf(opened.db, id)).toBeNull();
  });
});
