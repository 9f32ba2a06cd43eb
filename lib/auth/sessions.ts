import { and, desc, eq, gt, isNull, lt, ne, type SQL, sql } from "drizzle-orm";
import type { Database } from "@/lib/db/database";
import { accounts, sessions } from "@/lib/db/schema";
import { HOUR_MS, MINUTE_MS } from "@/lib/time";
import { type User, user } from "./accounts";

/** How a person signed in: locally or at the identity provider. */
export type SessionKind = (typeof sessions.$inferSelect)["kind"];

type NewSession = {
  readonly accountId: string;
  readonly kind: SessionKind;
  readonly address: string;
  readonly userAgent: string;
  /** Sealed. Null for a local session. */
  readonly idToken?: string | null;
};

/** The content of the token in the cookie. */
export type SessionToken = { readonly sessionId: string; readonly accountId: string };

type FoundSession = {
  readonly user: User;
  readonly kind: SessionKind;
  readonly hasCodes: boolean;
};

/** A session as its owner and administrators see it. */
export type ListedSession = Omit<NewSession, "accountId" | "idToken"> & {
  readonly id: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly endsAt: Date;
};

type Except = { readonly except?: string };

/** Milliseconds for which sessions are stored after their end. */
export const SESSIONS_KEPT_MS = 30 * 24 * HOUR_MS;

/** Starts a session that ends after `hours` at the latest. Returns its ID. */
export async function startSession(
  db: Database,
  session: NewSession,
  hours: number,
  now: Date,
): Promise<string> {
  const endsAt = new Date(now.getTime() + hours * HOUR_MS);
  const [started] = await db
    .insert(sessions)
    .values({ ...session, createdAt: now, lastSeenAt: now, endsAt })
    .returning({ id: sessions.id });
  if (started === undefined) throw new Error("A row that is inserted is returned.");
  return started.id;
}

/**
 * Returns the session of a token if it is active and its account enabled, otherwise null. Updates
 * the time of the last use once a minute. An expired session is ended for good, so that setting the
 * clock back does not revive it.
 */
export async function findSession(
  db: Database,
  { sessionId, accountId }: SessionToken,
  idleMinutes: number,
  now: Date,
): Promise<FoundSession | null> {
  const [found] = await db
    .select({
      user,
      kind: sessions.kind,
      lastSeenAt: sessions.lastSeenAt,
      endsAt: sessions.endsAt,
      hasCodes: sql<boolean>`${accounts.totpSecret} is not null`,
    })
    .from(sessions)
    .innerJoin(accounts, eq(accounts.id, sessions.accountId))
    .where(
      and(
        eq(sessions.id, sessionId),
        eq(sessions.accountId, accountId),
        isNull(sessions.endedAt),
        isNull(accounts.disabledAt),
      ),
    );
  if (found === undefined) return null;
  const { lastSeenAt, endsAt, ...session } = found;
  if (isOver({ lastSeenAt, endsAt }, idleMinutes, now)) {
    await endSession(db, sessionId, now);
    return null;
  }
  const aMinuteAgo = new Date(now.getTime() - MINUTE_MS);
  if (lastSeenAt < aMinuteAgo) {
    await db
      .update(sessions)
      .set({ lastSeenAt: now })
      .where(and(eq(sessions.id, sessionId), lt(sessions.lastSeenAt, aMinuteAgo)));
  }
  return session;
}

/** Returns the sealed ID token of an active session of the provider, or null. */
export async function sealedIdToken(db: Database, sessionId: string): Promise<string | null> {
  const [found] = await db
    .select({ idToken: sessions.idToken })
    .from(sessions)
    .where(eq(sessions.id, sessionId));
  return found?.idToken ?? null;
}

/** Returns the active sessions of an account, most recently used first. */
export async function listSessions(
  db: Database,
  accountId: string,
  idleMinutes: number,
  now: Date,
): Promise<ListedSession[]> {
  const { id, kind, address, userAgent, createdAt, lastSeenAt, endsAt } = sessions;
  const rows = await db
    .select({ id, kind, address, userAgent, createdAt, lastSeenAt, endsAt })
    .from(sessions)
    .where(and(eq(sessions.accountId, accountId), isNull(sessions.endedAt), gt(endsAt, now)))
    .orderBy(desc(lastSeenAt), id);
  return rows.filter((session) => !isOver(session, idleMinutes, now));
}

/** Ends one session. Ending an ended or unknown session changes nothing. */
export async function endSession(db: Database, sessionId: string, now: Date): Promise<void> {
  await endThose(db, eq(sessions.id, sessionId), now);
}

/** Ends the sessions of an account except one. Returns how many there were. */
export function endSessionsOf(
  db: Database,
  accountId: string,
  { except }: Except,
  now: Date,
): Promise<number> {
  return endThose(db, and(eq(sessions.accountId, accountId), isOpen(except, now)), now);
}

/** Ends all sessions except one. Returns how many there were. */
export function endAllSessions(db: Database, { except }: Except, now: Date): Promise<number> {
  return endThose(db, isOpen(except, now), now);
}

function isOpen(except: string | undefined, now: Date) {
  const { id, endsAt } = sessions;
  return and(gt(endsAt, now), except === undefined ? undefined : ne(id, except));
}

async function endThose(db: Database, those: SQL | undefined, now: Date): Promise<number> {
  const ended = await db
    .update(sessions)
    .set({ endedAt: now, idToken: null })
    .where(and(isNull(sessions.endedAt), those))
    .returning({ id: sessions.id });
  return ended.length;
}

// A session last seen in the future means that the clock was set back. Its idle time is unknown.
function isOver(
  { lastSeenAt, endsAt }: { readonly lastSeenAt: Date; readonly endsAt: Date },
  idleMinutes: number,
  now: Date,
): boolean {
  const sinceSeen = Math.abs(now.getTime() - lastSeenAt.getTime());
  return now >= endsAt || sinceSeen > idleMinutes * MINUTE_MS;
}
