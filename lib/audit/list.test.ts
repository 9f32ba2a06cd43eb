import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database, OpenedDatabase } from "@/lib/db/database";
import { auditEvent } from "@/lib/testing/audit-event";
import { testDatabases } from "@/lib/testing/test-databases";
import { type AuditRow, appendEvents } from "./chain";
import type { Actor, AuditEvent } from "./event";
import {
  AUDIT_SORTS,
  type AuditFilter,
  type AuditQuery,
  auditRows,
  listAudit,
  readLookupHealth,
} from "./list";

const EVERYTHING: AuditFilter = {
  ...{ from: null, to: null, person: null, actions: [], outcomes: [] },
  ...{ app: null, subscriberId: null, target: null, requestId: null },
};

const PEOPLE: readonly (Actor | null)[] = [
  ...(["support", "product", "admin"] as const).map((role, index) => ({
    id: `0b5c1b5e-6a39-4f4e-9d5b-0c6f4e7a2d1${index}`,
    email: `${"cab"[index]}_${role}@example.com`,
    role,
  })),
  null,
];

const START = Date.parse("2026-03-01T00:00:00Z");
const MANY = 3000;

/** Of every kind some, a second apart, the first of each pair of the same moment. */
function event(index: number): AuditEvent {
  return auditEvent({
    at: new Date(START + Math.floor(index / 2) * 1000),
    requestId: `request-${index}`,
    actor: PEOPLE[index % PEOPLE.length] ?? null,
    action: (["lookup", "signIn", "export"] as const)[index % 3] ?? "lookup",
    outcome: index % 7 === 0 ? "refused" : "done",
    app: index % 5 === 0 ? null : (["demo", "other"][index % 2] ?? null),
    subscriberId: index % 11 === 0 ? null : `user-${index % 10}`,
    target: index % 13 === 0 ? `100%_of\\it ${index}` : null,
    rows: index % 6 === 0 ? null : index % 50,
    durationMs: index % 9 === 0 ? null : (index * 37) % 400,
  });
}

describe.each(testDatabases)("the list of $name", ({ open }) => {
  let opened: OpenedDatabase;
  let db: Database;
  let all: readonly AuditRow[];
  beforeAll(async () => {
    opened = await open();
    db = opened.db;
    expect(await list({ through: null })).toMatchObject({ rows: [], total: 0, through: 0 });
    const events = Array.from({ length: MANY }, (_, index) => event(index));
    for (let from = 0; from < MANY; from += 500) {
      await appendEvents(db, events.slice(from, from + 500));
    }
    all = await exported(EVERYTHING);
  });
  afterAll(() => opened.close());

  const list = (changes: Partial<AuditQuery> = {}, filter: Partial<AuditFilter> = {}) =>
    listAudit(db, {
      filter: { ...EVERYTHING, ...filter },
      sort: { by: "time", descending: true },
      ...{ page: 1, size: 200, through: MANY },
      ...changes,
    });

  async function exported(filter: AuditFilter): Promise<AuditRow[]> {
    const rows: AuditRow[] = [];
    for await (const batch of auditRows(db, filter, MANY)) rows.push(...batch);
    return rows;
  }

  it("has all rows, newest first", async () => {
    const page = await list();
    expect(page).toMatchObject({ total: MANY, page: 1, pageCount: 15, through: MANY });
    expect(page.rows.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 200 }, (_, index) => MANY - index),
    );
  });

  it.each<[string, Partial<AuditFilter>, (row: AuditRow) => boolean]>([
    ["from", { from: new Date(START + 60_000) }, ({ at }) => at.getTime() >= START + 60_000],
    ["before", { to: new Date(START + 60_000) }, ({ at }) => at.getTime() < START + 60_000],
    ["person", { person: "_SUPPORT@" }, (row) => row.actorEmail === PEOPLE[0]?.email],
    [
      "several actions",
      { actions: ["lookup", "export"] },
      ({ action }) => action === "lookup" || action === "export",
    ],
    ["outcome", { outcomes: ["refused"] }, ({ outcome }) => outcome === "refused"],
    ["app", { app: "demo" }, ({ app }) => app === "demo"],
    ["subscriber", { subscriberId: "user-1" }, (row) => row.subscriberId === "user-1"],
    ["part of a subscriber’s id", { subscriberId: "user-" }, () => false],
    ["target", { target: "100%_OF\\it" }, ({ target }) => target !== null],
    ["a pattern", { target: "100__of" }, () => false],
    ["another pattern", { person: "%" }, () => false],
    ["request", { requestId: "request-17" }, (row) => row.requestId === "request-17"],
    [
      "all at once",
      { actions: ["signIn"], app: "other", person: "b_", subscriberId: "user-7" },
      (row) =>
        row.action === "signIn" &&
        row.app === "other" &&
        row.actorEmail?.startsWith("b_") === true &&
        row.subscriberId === "user-7",
    ],
  ])("filters by %s, as the export does", async (_, filter, isMeant) => {
    const meant = all.filter(isMeant);
    const { rows, total } = await list({}, filter);
    expect(total).toBe(meant.length);
    expect(rows).toEqual(meant.toReversed().slice(0, 200));
    expect(await exported({ ...EVERYTHING, ...filter })).toEqual(meant);
  });

  it("exports all rows once, oldest first", async () => {
    expect(all.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: MANY }, (_, index) => index + 1),
    );
  });

  const VALUES = {
    time: ({ at }: AuditRow) => at.getTime(),
    person: ({ actorEmail }: AuditRow) => actorEmail,
    action: ({ action }: AuditRow) => action,
    rows: ({ rows }: AuditRow) => rows,
    duration: ({ durationMs }: AuditRow) => durationMs,
  };

  it.each(AUDIT_SORTS.flatMap((by) => [true, false].map((descending) => ({ by, descending }))))(
    "sorts by $by, descending $descending, with what has no value at the end",
    async ({ by, descending }) => {
      const value = VALUES[by];
      const sign = descending ? -1 : 1;
      const sorted = all.toSorted((one, other) => {
        const [a, b] = [value(one), value(other)];
        if (a === b)
          return by === "time"
            ? sign * (one.sequence - other.sequence)
            : other.sequence - one.sequence;
        if (a === null || b === null) return a === null ? 1 : -1;
        return sign * (a < b ? -1 : 1);
      });
      const pages = [];
      for (let page = 1; page <= 15; page += 1) {
        pages.push(...(await list({ sort: { by, descending }, page })).rows);
      }
      expect(pages.map(({ sequence }) => sequence)).toEqual(sorted.map(({ sequence }) => sequence));
    },
  );

  it("gives the last page for one past the end, and a page for nothing", async () => {
    const last = await list({ page: 99, size: 1000 });
    expect(last).toMatchObject({ page: 3, pageCount: 3 });
    expect(last.rows).toHaveLength(1000);
    const none = await list({ page: 2 }, { requestId: "nobody" });
    expect(none).toMatchObject({ rows: [], total: 0, page: 1, pageCount: 1 });
  });

  it("keeps its pages while rows are written, and a start until its end is among them", async () => {
    const about = { requestId: "in-pieces", action: "export", subscriberId: "pieces" } as const;
    await appendEvents(db, [
      auditEvent({ ...about, outcome: "started" }),
      auditEvent({ ...about, outcome: "refused", action: "lookup" }),
    ]);
    const outcomes = async (through: number | null) => {
      const { rows, total } = await list({ through }, { subscriberId: "pieces" });
      expect(rows).toHaveLength(total);
      return rows.map(({ outcome }) => outcome);
    };
    expect(await outcomes(MANY)).toEqual([]);
    expect(await outcomes(null)).toEqual(["refused", "started"]);
    await appendEvents(db, [auditEvent({ ...about, outcome: "cancelled" })]);
    expect(await outcomes(MANY + 2)).toEqual(["refused", "started"]);
    expect(await outcomes(null)).toEqual(["cancelled", "refused"]);
    expect(await outcomes(99_999)).toEqual(["cancelled", "refused"]);
    const interrupted = await list({ through: null }, { outcomes: ["started"] });
    expect(interrupted).toMatchObject({ total: 0, through: MANY + 3 });
  });
});

describe.each(testDatabases)("the health of lookups of $name", ({ open }) => {
  it("counts those of each app, and tells the code of the last if it failed", async () => {
    const { db, close } = await open();
    const since = new Date(START);
    expect(await readLookupHealth(db, since)).toEqual([]);
    const at = (seconds: number) => new Date(START + seconds * 1000);
    const failed = { action: "lookup", outcome: "failed", code: "131000" } as const;
    const done = { action: "wholeSet", outcome: "done" } as const;
    await appendEvents(
      db,
      [
        { ...failed, at: at(-1), app: "old" },
        { ...done, at: at(0), app: "a" },
        { ...failed, at: at(1), app: "a" },
        { ...failed, at: at(1), app: "b", code: "timeout" },
        { ...done, at: at(2), app: "b" },
        // Neither says anything about the API.
        { ...failed, at: at(3), app: "b", action: "export" as const },
        { ...done, at: at(3), app: "a", outcome: "refused" as const, code: "tooMany" },
      ].map((each) => auditEvent(each)),
    );
    expect(await readLookupHealth(db, since)).toEqual([
      { app: "a", total: 2, failed: 1, problem: "131000" },
      { app: "b", total: 2, failed: 1, problem: null },
    ]);
    await close();
  });
});
