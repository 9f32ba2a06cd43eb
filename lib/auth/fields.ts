import { and, eq, gt, sql } from "drizzle-orm";
import { FIELDS, type Field } from "@/lib/chat-api/types";
import { type Database, database } from "@/lib/db/database";
import { reveals } from "@/lib/db/schema";
import { env } from "@/lib/env";
import { REVEAL_MINUTES } from "@/lib/reveal-terms";
import type { SessionUser } from "./current-user";
import type { FieldPolicy, FieldRule, Role } from "./permissions";

/** Returns the fields that a role always sees, in the API's order. */
export function shownFields(policy: FieldPolicy, role: Role): readonly Field[] {
  return fieldsUnder("shown", policy, role);
}

/** Returns the fields that a role may reveal after giving a reason, in the API's order. */
export function maskedFields(policy: FieldPolicy, role: Role): readonly Field[] {
  return fieldsUnder("masked", policy, role);
}

/**
 * Returns the fields that may be requested for this person now, in the API's order: those shown to
 * the role, and the masked ones that this session has revealed for this subscriber. No other field
 * is ever requested.
 *
 * @param about null if no subscriber is given; then no masked field is included
 */
export async function readableFields(
  db: Database,
  user: Pick<SessionUser, "role" | "sessionId">,
  about: SubscriberInApp | null,
  now: Date,
): Promise<readonly Field[]> {
  const { fieldPolicy } = env();
  const shown = shownFields(fieldPolicy, user.role);
  const masked = maskedFields(fieldPolicy, user.role);
  if (about === null || masked.length === 0) return shown;
  const revealed = await listRevealed(db, user.sessionId, about, now);
  const unmasked = revealed.map(({ field }) => field).filter((field) => masked.includes(field));
  return FIELDS.filter((field) => shown.includes(field) || unmasked.includes(field));
}

/** Returns the readable fields of a subscriber, and the requested ones among them. */
export async function requestableFields(
  user: Pick<SessionUser, "role" | "sessionId">,
  about: SubscriberInApp,
  requested: readonly Field[],
): Promise<{ readonly readable: readonly Field[]; readonly fields: readonly Field[] }> {
  const readable = await readableFields(await database(), user, about, new Date());
  return { readable, fields: readable.filter((field) => requested.includes(field)) };
}

function fieldsUnder(rule: FieldRule, policy: FieldPolicy, role: Role): readonly Field[] {
  return FIELDS.filter((field) => policy[role][field] === rule);
}

/** A subscriber of an app, by the app's slug. */
export type SubscriberInApp = { readonly app: string; readonly subscriberId: string };

/** Lets a session read these fields of one subscriber. Returns when that ends. */
export async function addReveals(
  db: Database,
  sessionId: string,
  { app, subscriberId }: SubscriberInApp,
  fields: readonly [Field, ...Field[]],
  now: Date,
): Promise<Date> {
  const expiresAt = new Date(now.getTime() + REVEAL_MINUTES * 60_000);
  await db
    .insert(reveals)
    .values(fields.map((field) => ({ sessionId, app, subscriberId, field, expiresAt })))
    .onConflictDoUpdate({
      target: [reveals.sessionId, reveals.app, reveals.subscriberId, reveals.field],
      set: { expiresAt: sql`excluded.expires_at` },
    });
  return expiresAt;
}

/** A masked field that a session may read, and until when. */
export type RevealedField = { readonly field: Field; readonly expiresAt: Date };

/** Returns the revealed fields that a session may still read, in the API's order. */
export async function listRevealed(
  db: Database,
  sessionId: string,
  { app, subscriberId }: SubscriberInApp,
  now: Date,
): Promise<RevealedField[]> {
  const found = await db
    .select({ field: reveals.field, expiresAt: reveals.expiresAt })
    .from(reveals)
    .where(
      and(
        eq(reveals.sessionId, sessionId),
        eq(reveals.app, app),
        eq(reveals.subscriberId, subscriberId),
        gt(reveals.expiresAt, now),
      ),
    );
  return FIELDS.flatMap((field) => {
    const reveal = found.find((row) => row.field === field);
    return reveal ? [{ field, expiresAt: reveal.expiresAt }] : [];
  });
}
