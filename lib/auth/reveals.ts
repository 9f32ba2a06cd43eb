import { and, eq, gt, lte, sql } from "drizzle-orm";
import { FIELDS, type Field } from "@/lib/chat-api/types";
import type { Database } from "@/lib/db/database";
import { reveals } from "@/lib/db/schema";
import { REVEAL_MINUTES } from "@/lib/reveal-terms";

/** One subscriber of one app, by its slug. */
export type SubscriberInApp = { readonly app: string; readonly subscriberId: string };

/** Lets a session read these fields of one subscriber for REVEAL_MINUTES from now; gives until when. */
export async function addReveals(
  db: Database,
  sessionId: string,
  { app, subscriberId }: SubscriberInApp,
  fields: readonly [Field, ...Field[]],
  now: Date,
): Promise<Date> {
  const expiresAt = new Date(now.getTime() + REVEAL_MINUTES * 60_000);
  await db.delete(reveals).where(lte(reveals.expiresAt, now));
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

/** What a session has revealed of one subscriber and may still read, in the vendor's order. */
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
