import type { Role } from "@/lib/auth/permissions";
import type { Field } from "@/lib/chat-api/types";

/** The audited actions. */
export const AUDIT_ACTIONS = [
  "lookup",
  "wholeSet",
  "membership",
  "channel",
  "inspect",
  "reveal",
  "export",
  "bulk.lookup",
  "bulk.export",
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
 * `started` is written before the first byte of a streamed answer. A second row of the same request
 * records the end. Without it the server was killed meanwhile.
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

/** The actor, with the data of that time. */
export type Actor = { readonly id: string; readonly email: string; readonly role: Role };

/** One audit row without its position in the chain. */
export type AuditEvent = {
  readonly at: Date;
  readonly requestId: string;
  /** Null without a session. */
  readonly actor: Actor | null;
  /** The client's network address. Null for a command. */
  readonly address: string | null;
  readonly action: AuditAction;
  readonly outcome: AuditOutcome;
  /** Why it was refused or failed: a code of ours or of the API. */
  readonly code: string | null;
  readonly app: string | null;
  readonly subscriberId: string | null;
  /** What else it was about: a channel ID, an e-mail address, a file format. */
  readonly target: string | null;
  /** The fields requested from the API. */
  readonly fields: readonly Field[] | null;
  readonly reason: string | null;
  readonly rows: number | null;
  readonly durationMs: number | null;
};
