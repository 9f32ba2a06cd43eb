import { and, asc, desc, eq, gt, inArray, isNull, lte, ne, or, sql } from "drizzle-orm";
import { alerts, channels, deliveries } from "@/lib/db/channel-schema";
import type { Database } from "@/lib/db/database";
import type { AlertWebhook } from "@/lib/env-services";
import { logLine } from "@/lib/log";
import { HOUR_MS, MINUTE_MS } from "@/lib/time";
import type { AlertContent } from "./find";
import {
  type Attempt,
  alertMessage,
  type ChannelAlert,
  postDelivery,
  problemSentence,
} from "./webhook";

const ALERTS_TOGETHER = 20;

/** Messages in one run: a chat accepts about one a second. */
const DELIVERIES_OF_A_RUN = 5;

/** Pauses after failed attempts; the last one repeats. */
const PAUSES_MS = [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS];

const GIVEN_UP_MS = 24 * HOUR_MS;

/** Longer than an attempt takes. After a crash, another instance makes the attempt when this has passed. */
const CLAIM_MS = MINUTE_MS;

type DeliveryOptions = {
  /** The public address of the desk, for links. */
  readonly appUrl: URL;
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal;
};

/**
 * Sends stored alerts to the webhook, several in one message. A failed delivery is repeated under the same
 * id for a day, with growing pauses. Instances never make the same attempt twice, unless one crashes
 * between sending and storing the result.
 */
export async function deliverAlerts(
  db: Database,
  webhook: Pick<AlertWebhook, "url" | "secret">,
  now: Date,
  options: DeliveryOptions,
): Promise<void> {
  for (let sent = 0; sent < DELIVERIES_OF_A_RUN && !options.signal.aborted; sent++) {
    const claimed = (await claim(db, now)) ?? (await bundle(db, now));
    if (claimed === null) return;
    const alerts = await listAlerts(db, claimed.id);
    const body = JSON.stringify(alertMessage(alerts, options.appUrl));
    // The desk may no longer know any of these channels.
    const attempt: Attempt =
      alerts.length === 0
        ? { status: null, problem: null }
        : await postDelivery(webhook, { id: claimed.id, body }, now, options);
    await record(db, claimed, attempt, now);
    // The others would fail as well.
    if (attempt.problem !== null) return;
  }
}

type Claimed = typeof deliveries.$inferSelect;

/** Claims the delivery that has been due the longest, so that no other instance sends it. */
function claim(db: Database, now: Date): Promise<Claimed | null> {
  return db.transaction(async (transaction) => {
    const [due] = await transaction
      .select({ id: deliveries.id, attempts: deliveries.attempts })
      .from(deliveries)
      .where(lte(deliveries.nextAttemptAt, now))
      .orderBy(asc(deliveries.nextAttemptAt), asc(deliveries.createdAt))
      .limit(1)
      .for("update", { skipLocked: true });
    if (due === undefined) return null;
    const [row] = await transaction
      .update(deliveries)
      .set({ attempts: due.attempts + 1, nextAttemptAt: later(now, CLAIM_MS) })
      .where(eq(deliveries.id, due.id))
      .returning();
    return row ?? null;
  });
}

/** Creates a delivery from the oldest alerts without one, and claims it. */
function bundle(db: Database, now: Date): Promise<Claimed | null> {
  return db.transaction(async (transaction) => {
    const unsent = await transaction
      .select({ id: alerts.id })
      .from(alerts)
      .where(and(isNull(alerts.deliveryId), isCurrent(now)))
      .orderBy(asc(alerts.id))
      .limit(ALERTS_TOGETHER)
      .for("update", { skipLocked: true });
    if (unsent.length === 0) return null;
    const [row] = await transaction
      .insert(deliveries)
      .values({ createdAt: now, attempts: 1, nextAttemptAt: later(now, CLAIM_MS) })
      .returning();
    if (row === undefined) throw new Error("The new delivery was not returned.");
    const ids = unsent.map(({ id }) => id);
    await transaction.update(alerts).set({ deliveryId: row.id }).where(inArray(alerts.id, ids));
    return row;
  });
}

/** Alerts of views are stored without a webhook, too: one that is set up later does not get the old ones. */
function isCurrent(now: Date) {
  return or(ne(alerts.kind, "entered"), gt(alerts.createdAt, later(now, -GIVEN_UP_MS)));
}

async function listAlerts(db: Database, deliveryId: string): Promise<ChannelAlert[]> {
  const { kind, detail } = alerts;
  const { app, channelId } = channels;
  const rows = await db
    .select({ kind, detail, app, channelId })
    .from(alerts)
    .innerJoin(channels, eq(channels.key, alerts.channelKey))
    .where(eq(alerts.deliveryId, deliveryId))
    .orderBy(asc(alerts.id));
  return rows as ChannelAlert[];
}

async function record(
  db: Database,
  { id, createdAt, attempts }: Claimed,
  { status, problem, notBefore = null }: Attempt,
  now: Date,
): Promise<void> {
  const isAccepted = problem === null;
  const pause = PAUSES_MS[attempts - 1] ?? PAUSES_MS.at(-1) ?? 0;
  const end = later(createdAt, GIVEN_UP_MS).getTime();
  const next = Math.max(later(now, pause).getTime(), notBefore?.getTime() ?? 0);
  const isLast = isAccepted || now.getTime() >= end;
  const nextAttemptAt = isLast ? null : new Date(Math.min(next, end));
  await db
    .update(deliveries)
    .set({ status, problem, nextAttemptAt, ...(isAccepted && { deliveredAt: now }) })
    .where(and(eq(deliveries.id, id), isNull(deliveries.deliveredAt)));
  if (isAccepted) return;
  logLine(
    "alerts",
    problemSentence(problem, status) + (isLast ? " This was the last attempt." : ""),
    {
      level: isLast ? "error" : "warning",
      delivery: id,
      attempts,
    },
  );
}

function later(time: Date, ms: number): Date {
  return new Date(time.getTime() + ms);
}

/** An alert in the list of deliveries. */
export type DeliveredAlert = {
  readonly id: number;
  readonly kind: AlertContent["kind"];
  readonly app: string;
  readonly channelId: string;
  /** The name in the alert; null if the channel had none, or names were not asked for. */
  readonly name: string | null;
};

export type Delivery = typeof deliveries.$inferSelect & {
  /** Alerts about channels that the desk still knows. */
  readonly alerts: readonly DeliveredAlert[];
};

/** Lists the latest deliveries to the webhook with their alerts, the newest first. */
export async function listDeliveries(
  db: Database,
  { limit, withNames }: { readonly limit: number; readonly withNames: boolean },
): Promise<Delivery[]> {
  const rows = await db
    .select()
    .from(deliveries)
    // One run creates several at the same time.
    .orderBy(desc(deliveries.createdAt), desc(deliveries.id))
    .limit(limit);
  const { id, kind, detail, deliveryId } = alerts;
  const { app, channelId } = channels;
  const name = withNames ? sql<string | null>`${detail} ->> 'name'` : sql<null>`null`;
  const ids = rows.map((row) => row.id);
  const found = await db
    .select({ id, kind, app, channelId, name, deliveryId })
    .from(alerts)
    .innerJoin(channels, eq(channels.key, alerts.channelKey))
    .where(inArray(deliveryId, ids))
    .orderBy(asc(id));
  return rows.map((row) => ({
    ...row,
    alerts: found.filter((each) => each.deliveryId === row.id),
  }));
}
