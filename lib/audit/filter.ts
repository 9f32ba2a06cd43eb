import { and, eq, gte, ilike, inArray, lt, lte, or, type SQL, sql } from "drizzle-orm";
import { auditEvents } from "@/lib/db/schema";
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
