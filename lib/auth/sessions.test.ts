import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { OpenedDatabase } from "@/lib/db/database";
import { accounts, sessions } from "@/lib/db/schema";
import { testDatabases } from "@/lib/testing/test-databases";
import {
  endAllSessions,
  endSession,
  endSessionsOf,
  findSession,
  listSessions,
  startSession,
} from "./sessions";

const IDLE_MINUTES = 120;
const HOURS = 12;

describe.each(testDatabases)("sessions on $name", ({ open }) => {
  let opened: OpenedDatabase;
  let ann: string;
  let bo: string;
  let now: Date;
  beforeAll(async () => {
    opened = await open();
    const people = ["ann", "bo"].map((name) => ({
      email: `${name}@example.com`,
      name,
      role: "support" as const,
    }));
    const added = await opened.db.insert(accounts).values(people).returning();
    [ann = "", bo = ""] = added.map(({ id }) => id);
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await opened.db.delete(sessions);
    await opened.db.update(accounts).set({ disabledAt: null, role: "support" });
    now = new Date("2026-01-01T00:00:00Z");
  });

  const later = (minutes: number) => {
    now = new Date(now.getTime() + minutes * 60_000);
  };
  const start = (accountId: string) => {
    const session = { accountId, kind: "password", address: "10.0.0.1", userAgent: "x" } as const;
    return startSession(opened.db, session, HOURS, now);
  };
  const find = (sessionId: string, accountId = ann) =>
    findSession(opened.db, { sessionId, accountId }, IDLE_MINUTES, now);
  const list = (accountId = ann) => listSessions(opened.db, accountId, IDLE_MINUTES, now);
  const row = async (id: string) => {
    const [found] = await opened.db.select().from(sessions).where(eq(sessions.id, id));
    return found;
  };

  test("a session gives its person, with the role of this moment", async () => {
    const id = await start(ann);
    const person = { id: ann, email: "ann@example.com", name: "ann", role: "support" };
    expect(await find(id)).toEqual({ user: person, kind: "password", hasCodes: false });
    await opened.db.update(accounts).set({ role: "product" });
    expect(await find(id)).toMatchObject({ user: { role: "product" } });
  });

  test("each is a new one", async () => {
    expect(await start(ann)).not.toBe(await start(ann));
  });

  test("it is nobody's who is disabled, not there, or another", async () => {
    const id = await start(ann);
    expect(await find(id, bo)).toBeNull();
    expect(await find("00000000-0000-4000-8000-000000000000")).toBeNull();
    await opened.db.update(accounts).set({ disabledAt: now });
    expect(await find(id)).toBeNull();
  });

  test("it lasts for the idle time from when it was last seen, and no longer", async () => {
    const id = await start(ann);
    later(IDLE_MINUTES);
    expect(await find(id)).not.toBeNull();
    later(IDLE_MINUTES);
    expect(await find(id)).not.toBeNull();
    later(IDLE_MINUTES + 1);
    expect(await list()).toEqual([]);
    expect(await find(id)).toBeNull();
  });

  test("it ends after its hours, however busy it is", async () => {
    const id = await start(ann);
    for (let minutes = 0; minutes < HOURS * 60; minutes += 60) {
      expect(await find(id)).not.toBeNull();
      later(60);
    }
    expect(await list()).toEqual([]);
    expect(await find(id)).toBeNull();
  });

  test("that it was seen is written down once a minute", async () => {
    const id = await start(ann);
    const started = now;
    later(1);
    await find(id);
    expect((await row(id))?.lastSeenAt).toEqual(started);
    later(0.1);
    await find(id);
    expect((await row(id))?.lastSeenAt).toEqual(now);
  });

  test("one that was over is not brought to life by a clock that is set back", async () => {
    const id = await start(ann);
    later(HOURS * 60);
    expect(await find(id)).toBeNull();
    later(-HOURS * 60);
    expect(await find(id)).toBeNull();
    expect(await list()).toEqual([]);
  });

  test("a clock set back a little ends nothing, and a lot does not make it last for ever", async () => {
    const id = await start(ann);
    later(-5);
    expect(await find(id)).not.toBeNull();
    later(-365 * 24 * 60);
    expect(await find(id)).toBeNull();
  });

  test("it can be ended, once and for all", async () => {
    const [one, other] = [await start(ann), await start(ann)];
    await endSession(opened.db, one, now);
    const ended = (await row(one))?.endedAt;
    later(1);
    await endSession(opened.db, one, now);
    expect((await row(one))?.endedAt).toEqual(ended);
    expect(await find(one)).toBeNull();
    expect(await find(other)).not.toBeNull();
  });

  test("all of a person can be ended, but for the one in use", async () => {
    const ids = [await start(ann), await start(ann), await start(ann)];
    const others = await start(bo);
    expect(await endSessionsOf(opened.db, ann, { except: ids[1] }, now)).toBe(2);
    expect((await list()).map(({ id }) => id)).toEqual([ids[1]]);
    expect(await endSessionsOf(opened.db, ann, {}, now)).toBe(1);
    expect(await find(ids[1] ?? "")).toBeNull();
    expect(await find(others, bo)).not.toBeNull();
  });

  test("all of everybody can be ended, but for the one in use", async () => {
    const [kept, ...others] = [await start(ann), await start(ann), await start(bo)];
    expect(await endAllSessions(opened.db, { except: kept }, now)).toBe(2);
    expect(await find(kept ?? "")).not.toBeNull();
    expect(await find(others[1] ?? "", bo)).toBeNull();
    expect(await endAllSessions(opened.db, {}, now)).toBe(1);
  });

  test("the list has what they are known by, the one seen last first", async () => {
    const [first, second] = [await start(ann), await start(ann)];
    await start(bo);
    later(10);
    await find(first);
    expect(await list()).toEqual([
      expect.objectContaining({ id: first, lastSeenAt: now, address: "10.0.0.1", userAgent: "x" }),
      expect.objectContaining({ id: second, kind: "password" }),
    ]);
  });
});
