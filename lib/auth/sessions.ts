import { and, desc, eq, gt, isNull, lt, ne, sql } from "drizzle-orm";
import type { Database } from "@/lib/db/database";
import { accounts, sessions } from "@/lib/db/schema";
import { type User, user } from "./accounts";

/** How a person signed in: here, or at the identity provider. */
export type SessionKind = (typeof sessions.$inferSelect)["kind"];

export type NewSession = {
  readonly accountId: string;
  readonly kind: SessionKind;
  readonly address: string;
  readonly userAgent: string;
  /** Sealed; null for a session that the provider did not open. */
  readonly idToken?: string | null;
};

/** What the token in the cookie names. */
export type SessionToken = { readonly sessionId: string; readonly accountId: string };

export type FoundSession = {
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

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** How long sessions can be looked up after their end. */
export const SESSIONS_KEPT_MS = 30 * 24 * HOUR_MS;

/** Starts a session that ends after `hours` whatever happens; gives its id. */
export async function startSession(
  db: Database,
  session: NewSession,
  hours: number,
  now: Date,
): Promise<string> {
  await db.delete(sessions).where(lt(sessions.endsAt, before(now, SESSIONS_KEPT_MS)));
  const endsAt = new Date(now.getTime() + hours * HOUR_MS);
  const [started] = await db
    .insert(sessions)
    .values({ ...session, createdAt: now, lastSeenAt: now, endsAt })
    .returning({ id: sessions.id });
  if (started === undefined) throw new Error("A row that is inserted is returned.");
  return started.id;
}

/**
 * The session of a token while it lasts and its account is not disabled, else null. It is seen now,
 * which is written down once a minute. One found to be over is ended for good, so that a clock that is
 * set back does not bring it to life again.
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
  const aMinuteAgo = before(now, MINUTE_MS);
  if (lastSeenAt < aMinuteAgo) {
    await db
      .update(sessions)
      .set({ lastSeenAt: now })
      .where(and(eq(sessions.id, sessionId), lt(sessions.lastSeenAt, aMinuteAgo)));
  }
  return session;
}

/** The sealed ID token with which the provider opened a session that has not ended; null without one. */
export async function sealedIdToken(db: Database, sessionId: string): Promise<string | null> {
  const [found] = await db
    .select({ idToken: sessions.idToken })
    .from(sessions)
    .where(eq(sessions.id, sessionId));
  return found?.idToken ?? null;
}

/** The sessions of an account that are not over, the one seen last first. */
export async function listSessions(
  db: Database,
  accountId: string,
  idleMinutes: number,
  now: Date,
): Promise<ListedSession[]> {
  const { id, kind, address, userAgent, createdAt, lastSeenAt, endsAt } = sessions;
  const listed = await db
    .select({ id, kind, address, userAgent, createdAt, lastSeenAt, endsAt })
    .from(sessions)
    .where(and(eq(sessions.accountId, accountId), isNull(sessions.endedAt), gt(endsAt, now)))
    .orderBy(desc(lastSeenAt), id);
  return listed.filter((session) => !isOver(session, idleMinutes, now));
}

/** Ends one session; ending one that is over, or none, changes nothing. */
export async function endSession(db: Database, sessionId: string, now: Date): Promise<void> {
  await db
    .update(sessions)
    .set({ endedAt: now, idToken: null })
    .where(and(eq(sessions.id, sessionId), isNull(sessions.endedAt)));
}

/** Ends the sessions of an account, but for the one that is excepted; gives how many there were. */
export async function endSessionsOf(
  db: Database,
  accountId: string,
  { except }: Except,
  now: Date,
): Promise<number> {
  const ended = await db
    .update(sessions)
    .set({ endedAt: now, idToken: null })
    .where(and(eq(sessions.accountId, accountId), isEndable(except, now)))
    .returning({ id: sessions.id });
  return ended.length;
}

/** Ends everybody's sessions, but for the one that is excepted; gives how many there were. */
export async function endAllSessions(db: Database, { except }: Except, now: Date): Promise<number> {
  const ended = await db
    .update(sessions)
    .set({ endedAt: now, idToken: null })
    .where(isEndable(except, now))
    .returning({ id: sessions.id });
  return ended.length;
}

function isEndable(except: string | undefined, now: Date) {
  const { id, endedAt, endsAt } = sessions;
  return and(isNull(endedAt), gt(endsAt, now), except === undefined ? undefined : ne(id, except));
}

// One that was last seen long after now is of a clock that has been set back: how long ago that was
// cannot be known.
function isOver(
  { lastSeenAt, endsAt }: { readonly lastSeenAt: Date; readonly endsAt: Date },
  idleMinutes: number,
  now: Date,
): boolean {
  const sinceSeen = Math.abs(now.getTime() - lastSeenAt.getTime());
  return now >= endsAt || sinceSeen > idleMinutes * MINUTE_MS;
}

function before(now: Date, milliseconds: number): Date {
  return new Date(now.getTime() - milliseconds);
}
