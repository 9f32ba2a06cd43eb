import type { Role } from "@/lib/auth/permissions";
import type { Field } from "@/lib/chat-api/types";

/** What the audit tells apart. */
export const AUDIT_ACTIONS = [
  "lookup",
  "wholeSet",
  "membership",
  "channel",
  "inspect",
  "reveal",
  "export",
  "signIn",
  "signOut",
  "page",
  "channels.add",
  "channels.watch",
  "channels.unwatch",
  "channels.tag",
  "channels.changeTag",
  "channels.export",
  "audit.read",
  "audit.export",
  "audit.prune",
  "people.read",
  "people.invite",
  "people.changeRole",
  "people.disable",
  "people.enable",
  "people.resetPassword",
  "people.resetCodes",
  "people.endSessions",
  "account.setPassword",
  "account.switchCodesOn",
  "account.switchCodesOff",
  "account.link",
  "account.endSessions",
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/**
 * `started` is written before the first byte of an answer that comes in pieces, and followed by a row
 * of the same request with how it ended; without that row the server was killed on the way.
 */
export const AUDIT_OUTCOMES = [
  "started",
  "done",
  "partial",
  "cancelled",
  "refused",
  "failed",
] as const;

export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

/** Who did it, as known then. */
export type Actor = { readonly id: string; readonly email: string; readonly role: Role };

/** One row of the audit, before it has its place in the chain. */
export type AuditEvent = {
  readonly at: Date;
  readonly requestId: string;
  /** Null when nobody is signed in. */
  readonly actor: Actor | null;
  /** The client's network address; null where a command did it. */
  readonly address: string | null;
  readonly action: AuditAction;
  readonly outcome: AuditOutcome;
  /** Why it was refused or failed: a code of ours, or the vendor's number. */
  readonly code: string | null;
  /** The slug of the app. */
  readonly app: string | null;
  readonly subscriberId: string | null;
  /** What else it was about: a channel's id, a person's e-mail address, a file's format. */
  readonly target: string | null;
  /** The fields that were asked of the vendor. */
  readonly fields: readonly Field[] | null;
  readonly reason: string | null;
  /** Rows that were delivered. */
  readonly rows: number | null;
  readonly durationMs: number | null;
};
