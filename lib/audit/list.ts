import {
  and,
  asc,
  desc,
  eq,
  gt,
  gte,
  ilike,
  inArray,
  lt,
  lte,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import type { Database } from "@/lib/db/database";
import { auditEvents } from "@/lib/db/schema";
import { readHead } from "./append";
import type { AuditRow } from "./chain";
import type { AuditAction, AuditOutcome } from "./event";

/** Which rows of the audit are meant; null and empty lists ask for nothing. */
export type AuditFilter = {
  /** From this moment on. */
  readonly from: Date | null;
  /** Before this moment. */
  readonly to: Date | null;
  /** A part of the person's e-mail address. */
  readonly person: string | null;
  readonly actions: readonly AuditAction[];
  readonly outcomes: readonly AuditOutcome[];
  /** The slug of an app. */
  readonly app: string | null;
  /** The whole id: a part of one is somebody else's. */
  readonly subscriberId: string | null;
  /** A part of what else it was about. */
  readonly target: string | null;
  readonly requestId: string | null;
};

/**
 * The rows that a filter means, among those up to a sequence: what is written while somebody turns pages
 * must not move them. A row that says that something started is left out as soon as a later one says how
 * it ended.
 */
export function conditionOf(filter: AuditFilter, through: number): SQL | undefined {
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

/** A pattern for texts that hold this one, in which no sign of it means anything. */
function holding(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}

/** By what the audit can be ordered. */
export const AUDIT_SORTS = ["time", "person", "action", "rows", "duration"] as const;

export type AuditSort = {
  readonly by: (typeof AUDIT_SORTS)[number];
  readonly descending: boolean;
};

export type AuditQuery = {
  readonly filter: AuditFilter;
  readonly sort: AuditSort;
  /** From 1; of a page past the end the last one is given. */
  readonly page: number;
  /** Rows a page. */
  readonly size: number;
  /** No row newer than this sequence; null for all there are now. */
  readonly through: number | null;
};

export type AuditPage = {
  readonly rows: readonly AuditRow[];
  /** Rows that the filter means. */
  readonly total: number;
  readonly page: number;
  readonly pageCount: number;
  /** The newest sequence that was looked at: with it, the other pages are of the same rows. */
  readonly through: number;
};

/** One page of the rows that a filter means. Equal ones, and those without a value, stay in one order. */
export async function listAudit(
  db: Database,
  { filter, sort, page: wanted, size, through: given }: AuditQuery,
): Promise<AuditPage> {
  const { sequence: newest } = await readHead(db);
  const through = Math.min(given ?? newest, newest);
  const condition = conditionOf(filter, through);
  const total = await countRows(db, condition, through);
  const pageCount = Math.max(1, Math.ceil(total / size));
  const page = Math.min(Math.max(1, wanted), pageCount);
  const rows = await db
    .select()
    .from(auditEvents)
    .where(condition)
    .orderBy(...orderOf(sort))
    .limit(size)
    .offset((page - 1) * size);
  return { rows, total, page, pageCount, through };
}

// What an embedded database counts in one statement without holding up the server.
const COUNTED = 20_000;

async function countRows(db: Database, condition: SQL | undefined, through: number) {
  const { sequence } = auditEvents;
  let total = 0;
  for (let end = through; end > 0; end -= COUNTED) {
    const part = and(condition, gt(sequence, end - COUNTED), lte(sequence, end));
    total += await db.$count(auditEvents, part);
  }
  return total;
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
