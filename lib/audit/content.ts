import type { AuditContent } from "./chain";
import type { AuditEvent } from "./event";

const LARGEST_INTEGER = 2_147_483_647;

/**
 * What is kept of an event. Whatever a client has sent, it can be written, and is read back the same:
 * texts have a greatest length (the cut shows as …), and what PostgreSQL does not take is replaced.
 */
export function contentOf(event: AuditEvent): AuditContent {
  return {
    at: event.at,
    requestId: text(event.requestId, 100),
    actorId: event.actor?.id.toLowerCase() ?? null,
    actorEmail: textOrNull(event.actor?.email, 320),
    actorRole: textOrNull(event.actor?.role, 50),
    address: textOrNull(event.address, 100),
    action: event.action,
    outcome: event.outcome,
    code: textOrNull(event.code, 100),
    app: textOrNull(event.app, 100),
    subscriberId: textOrNull(event.subscriberId, 200),
    target: textOrNull(event.target, 500),
    fields: event.fields?.map((field) => text(field, 100)) ?? null,
    reason: textOrNull(event.reason, 500),
    rows: count(event.rows),
    durationMs: count(event.durationMs),
  };
}

function textOrNull(value: string | null | undefined, longest: number): string | null {
  return value == null ? null : text(value, longest);
}

// Cut first: that may leave half of a character.
function text(value: string, longest: number): string {
  const cut = value.length > longest ? `${value.slice(0, longest - 1)}…` : value;
  return cut.replace(/\p{Surrogate}/gu, "\uFFFD").replaceAll("\0", "\uFFFD");
}

function count(value: number | null): number | null {
  if (value === null) return null;
  return Math.min(Math.max(Math.round(value) || 0, 0), LARGEST_INTEGER);
}
