import {
  and,
  asc,
  desc,
  eq,
  gt,
  gte,
  ilike,
  inArray,
  isNotNull,
  lt,
  lte,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import type { Database } from "@/lib/db/database";
import { auditEvents } from "@/lib/db/schema";
import type { CellKind, Sheet, SheetRow } from "@/lib/export/sheet";
import { type AuditRow, readHead } from "./chain";
import type { AuditAction, AuditOutcome } from "./event";

/** Selects audit rows. Null and empty lists select everything. */
export type AuditFilter = {
  /** From this time on. */
  readonly from: Date | null;
  /** Before this time. */
  readonly to: Date | null;
  /** Part of the actor's e-mail address. */
  readonly person: string | null;
  readonly actions: readonly AuditAction[];
  readonly outcomes: readonly AuditOutcome[];
  readonly app: string | null;
  /** The whole ID: part of one belongs to another subscriber. */
  readonly subscriberId: string | null;
  /** Part of the target. */
  readonly target: string | null;
  readonly requestId: string | null;
};

/**
 * Returns the condition of a filter, for rows up to a sequence so that new rows do not move pages.
 * A `started` row is omitted once a later row records the end.
 */
function conditionOf(filter: AuditFilter, through: number): SQL | undefined {
  const { from, to, person, actions, outcomes, app, subscriberId, target, requestId } = filter;
  return and(
    lte(auditEvents.sequence, through),
    from === null ? undefined : gte(auditEvents.at, from),
    to === null ? undefined : lt(auditEvents.at, to),
    person === null ? undefined : ilike(auditEvents.actorEmail, holding(person)),
    actions.length === 0 ? undefined : inArray(auditEvents.action, [...actions]),
    outcomes.length === 0 ? undefined : inArray(auditEvents.outcome, [...outcomes]),
    app === null ? undefined : eq(auditEvents.app, app),
    subscriberId === null ? undefined : eq(auditEvents.subscriberId, subscriberId),
    target === null ? undefined : ilike(auditEvents.target, holding(target)),
    requestId === null ? undefined : eq(auditEvents.requestId, requestId),
    or(sql`${auditEvents.outcome} <> 'started'`, sql`not exists (${endingBy(through)})`),
  );
}

function endingBy(through: number): SQL {
  const { requestId, action, sequence } = auditEvents;
  return sql`
    select from ${auditEvents} ending
    where ending.request_id = ${requestId} and ending.action = ${action}
      and ending.sequence > ${sequence} and ending.sequence <= ${through}`;
}

/** Returns a LIKE pattern for texts that contain this one, with all wildcards escaped. */
function holding(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}

/** The sortable columns. */
export const AUDIT_SORTS = ["time", "person", "action", "rows", "duration"] as const;

export type AuditSort = {
  readonly by: (typeof AUDIT_SORTS)[number];
  readonly descending: boolean;
};

export type AuditQuery = {
  readonly filter: AuditFilter;
  readonly sort: AuditSort;
  /** From 1. A page past the end is replaced by the last one. */
  readonly page: number;
  readonly size: number;
  /** No row newer than this sequence. Null: all current rows. */
  readonly through: number | null;
};

export type AuditPage = {
  readonly rows: readonly AuditRow[];
  /** Rows that match the filter. */
  readonly total: number;
  readonly page: number;
  readonly pageCount: number;
  /** The newest sequence read. With it the other pages show the same rows. */
  readonly through: number;
};

/** Returns one page of the matching rows. Equal and missing values have a stable order. */
export async function listAudit(
  db: Database,
  { filter, sort, page: requestedPage, size, through: requestedThrough }: AuditQuery,
): Promise<AuditPage> {
  const { sequence: newest } = await readHead(db);
  const through = Math.min(requestedThrough ?? newest, newest);
  const condition = conditionOf(filter, through);
  const total = await db.$count(auditEvents, condition);
  const pageCount = Math.max(1, Math.ceil(total / size));
  const page = Math.min(Math.max(1, requestedPage), pageCount);
  const rows = await db
    .select()
    .from(auditEvents)
    .where(condition)
    .orderBy(...orderOf(sort))
    .limit(size)
    .offset((page - 1) * size);
  return { rows, total, page, pageCount, through };
}

function orderOf({ by, descending }: AuditSort): SQL[] {
  const { at, sequence, actorEmail, action, rows, durationMs } = auditEvents;
  const direction = descending ? desc : asc;
  if (by === "time") return [direction(at), direction(sequence)];
  // The same order on every database, whatever its locale.
  const values = {
    person: sql`${actorEmail} collate "C"`,
    action: sql`${action} collate "C"`,
    rows,
    duration: durationMs,
  };
  return [sql`${direction(values[by])} nulls last`, desc(sequence)];
}

/** How the lookups of an app went. */
export type LookupHealth = {
  readonly app: string;
  readonly total: number;
  /** Lookups that failed. Refused and cancelled ones do not count. */
  readonly failed: number;
  /** The code of the newest lookup if it failed; null if it succeeded. */
  readonly problem: string | null;
};

const CALLING: readonly AuditAction[] = ["lookup", "wholeSet", "membership", "channel"];

/** Counts the lookups of each app since a time. Apps without any are left out. */
export async function readLookupHealth(db: Database, since: Date): Promise<LookupHealth[]> {
  const { app, action, at, outcome, code, sequence } = auditEvents;
  const failed = sql`${outcome} = 'failed'`;
  const rows = await db
    .select({
      app: sql<string>`${app}`,
      total: sql<number>`count(*)::integer`,
      failed: sql<number>`count(*) filter (where ${failed})::integer`,
      problem: sql<
        string | null
      >`(array_agg(case when ${failed} then ${code} end order by ${sequence} desc))[1]`,
    })
    .from(auditEvents)
    .where(
      and(
        gte(at, since),
        isNotNull(app),
        inArray(action, [...CALLING]),
        inArray(outcome, ["done", "partial", "failed"]),
      ),
    )
    .groupBy(app)
    .orderBy(asc(app));
  return rows;
}

/** The columns of an export: each value, its kind, and its label among the messages of the audit log. */
const EXPORT_COLUMNS = [
  ["sequence", "count", "sequence"],
  ["at", "time", "columns.time"],
  ["actorEmail", "text", "columns.person"],
  ["actorRole", "text", "columns.role"],
  ["address", "id", "columns.address"],
  ["action", "text", "columns.action"],
  ["outcome", "text", "columns.outcome"],
  ["code", "id", "code"],
  ["app", "id", "filters.app"],
  ["subscriberId", "id", "filters.subscriberId"],
  ["target", "id", "filters.target"],
  ["fields", "text", "columns.fields"],
  ["reason", "text", "reasonColumn"],
  ["rows", "count", "columns.rows"],
  ["durationMs", "count", "columns.duration"],
  ["requestId", "text", "columns.request"],
  ["hash", "text", "hash"],
] as const satisfies readonly (readonly [keyof AuditRow, CellKind, string])[];

type ExportColumn = (typeof EXPORT_COLUMNS)[number][0];

type ExportLabel = (typeof EXPORT_COLUMNS)[number][2];

/** Returns the sheet of an export, with its labels in the person's language. */
export function auditSheet(
  labelOf: (key: ExportLabel, column: ExportColumn) => string,
): Sheet<ExportColumn> {
  const columns = EXPORT_COLUMNS.map(([id, kind, key]) => ({ id, kind, label: labelOf(key, id) }));
  return { name: "audit", columns };
}

/** Rows read by one statement. */
const BATCH = 500;

/** Reads the rows that a filter selects up to a sequence, oldest first, in batches. */
export async function* auditRows(
  db: Database,
  filter: AuditFilter,
  through: number,
): AsyncGenerator<AuditRow[], void> {
  const condition = conditionOf(filter, through);
  let after = 0;
  for (;;) {
    const rows = await db
      .select()
      .from(auditEvents)
      .where(and(condition, gt(auditEvents.sequence, after)))
      .orderBy(asc(auditEvents.sequence))
      .limit(BATCH);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH) return;
    after = last.sequence;
  }
}

/** Turns batches of audit rows into rows of the sheet. */
export async function* sheetParts(
  batches: AsyncIterable<readonly AuditRow[]>,
): AsyncGenerator<SheetRow<ExportColumn>[], void> {
  for await (const rows of batches) {
    yield rows.map(({ fields, ...row }) => ({ ...row, fields: fields?.join(",") ?? null }));
  }
}
