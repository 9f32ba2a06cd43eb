import { and, desc, eq, inArray, isNull, lte, or, sql } from "drizzle-orm";
import { lockAccount } from "@/lib/auth/accounts";
import { shownFields } from "@/lib/auth/fields";
import { can, type FieldPolicy, type Role } from "@/lib/auth/permissions";
import { listKeys } from "@/lib/channels/directory/directory";
import {
  allowedParams,
  directoryQuery,
  loadDirectoryParams,
  serializeDirectory,
  viewQuery,
} from "@/lib/channels/directory/search-params";
import { alerts, channels, viewAlerts } from "@/lib/db/channel-schema";
import type { Database, Transaction } from "@/lib/db/database";
import { accounts, savedViews } from "@/lib/db/schema";
import { logLine, reasonOf } from "@/lib/log";
import { failure, type Result, success } from "@/lib/result";
import { MAX_VIEW_ALERTS } from "@/lib/views/view-query";

/** A person's alert for a saved view, among the channels of an app. */
type ViewAlert = {
  readonly accountId: string;
  readonly viewId: string;
  readonly app: string;
};

const MOST_MEMBERS = 10_000;

/** Alerts of one view at a time. The last of them has the number of the others. */
const MOST_ENTERED = 100;

/** Turns an alert on or off. The channels that are in the view now are not reported. */
export async function setViewAlert(
  db: Database,
  { isOn, ...alert }: ViewAlert & { readonly isOn: boolean },
  policy: FieldPolicy,
  now: Date,
): Promise<Result<null, "gone" | "tooMany" | "tooLarge">> {
  const { accountId, viewId } = alert;
  return db.transaction(async (transaction) => {
    if (!isOn) {
      await transaction.delete(viewAlerts).where(isAlert(alert));
      return success(null);
    }
    // Serializes changes of one person. Concurrent changes could exceed the limit.
    await lockAccount(transaction, accountId);
    const isVisible = or(savedViews.isTeam, eq(savedViews.ownerId, accountId));
    const isView = and(eq(savedViews.id, viewId), eq(savedViews.page, "channels"), isVisible);
    if ((await transaction.$count(savedViews, isView)) === 0) return failure("gone");
    const existing = await transaction.$count(viewAlerts, eq(viewAlerts.accountId, accountId));
    if (existing >= MAX_VIEW_ALERTS) return failure("tooMany");
    await transaction
      .insert(viewAlerts)
      .values({ ...alert, createdAt: now })
      .onConflictDoNothing();
    if ((await evaluate(transaction, alert, policy, now)) !== "tooLarge") return success(null);
    await transaction.delete(viewAlerts).where(isAlert(alert));
    return failure("tooLarge");
  });
}

/** Lists the views for which a person has an alert. */
export async function listViewAlerts(
  db: Database,
  { accountId, app }: Omit<ViewAlert, "viewId">,
): Promise<string[]> {
  const rows = await db
    .select({ viewId: viewAlerts.viewId })
    .from(viewAlerts)
    .where(and(eq(viewAlerts.accountId, accountId), eq(viewAlerts.app, app)));
  return rows.map(({ viewId }) => viewId);
}

/**
 * Stores an alert for each channel that has entered a view since the last time. Views are independent: a failure
 * of one is logged and does not stop the others.
 */
export async function findViewAlerts(
  db: Database,
  policy: FieldPolicy,
  now: Date,
  signal: AbortSignal,
): Promise<void> {
  const { accountId, viewId, app } = viewAlerts;
  const alerts = await db.select({ accountId, viewId, app }).from(viewAlerts);
  for (const alert of alerts) {
    if (signal.aborted) return;
    try {
      await db.transaction((transaction) => evaluate(transaction, alert, policy, now));
    } catch (error) {
      logLine("alerts", `A saved view could not be evaluated: ${reasonOf(error)}`, {
        view: alert.viewId,
      });
    }
  }
}

/** Compares the channels of a view with those of the last time. One transaction stores both. */
async function evaluate(
  transaction: Transaction,
  alert: ViewAlert,
  policy: FieldPolicy,
  now: Date,
): Promise<"tooLarge" | "done"> {
  const { accountId, viewId, app } = alert;
  const [row] = await transaction
    .select({
      ...{ known: viewAlerts.query, members: viewAlerts.members },
      ...{ saved: savedViews.query, name: savedViews.name },
      ...{ isTeam: savedViews.isTeam, ownerId: savedViews.ownerId },
      ...{ role: accounts.role, disabledAt: accounts.disabledAt },
    })
    .from(viewAlerts)
    .innerJoin(savedViews, eq(savedViews.id, viewAlerts.viewId))
    .innerJoin(accounts, eq(accounts.id, viewAlerts.accountId))
    .where(isAlert(alert))
    .for("update", { of: viewAlerts });
  if (row === undefined) return "done";
  const store = (state: { query: string | null; members?: number[] }) =>
    transaction.update(viewAlerts).set(state).where(isAlert(alert));
  const isVisible = row.isTeam || row.ownerId === accountId;
  if (row.disabledAt !== null || !can(row.role, "channels") || !isVisible) {
    if (row.known !== null) await store({ query: null });
    return "done";
  }
  const shown = shownFields(policy, row.role);
  const params = allowedParams(loadDirectoryParams(row.saved), shown);
  // Columns, sorts and groups do not change which channels are in the view.
  const query = viewQuery(
    serializeDirectory({ ...params, columns: null, sort: null, size: null, group: null }),
  );
  const directory = directoryQuery(params, { app, userId: accountId, shown });
  const keys = await listKeys(transaction, { ...directory, sorts: [] }, now);
  if (keys.length > MOST_MEMBERS) {
    if (row.known !== null) await store({ query: null });
    return "tooLarge";
  }
  const before = new Set(row.members);
  const entered = query === row.known ? keys.filter((key) => !before.has(key)) : [];
  const isSame = query === row.known && entered.length === 0 && keys.length === before.size;
  if (isSame) return "done";
  await store({ query, members: keys });
  if (entered.length === 0) return "done";
  const reported = entered.slice(0, MOST_ENTERED);
  const { key, name } = channels;
  const named = await transaction
    .select({ key, name: shown.includes("name") ? name : sql<null>`null` })
    .from(channels)
    .where(inArray(key, reported));
  await transaction.insert(alerts).values(
    reported.map((channelKey, index) => ({
      ...{ channelKey, accountId, kind: "entered" as const, createdAt: now },
      occasion: `${accountId} ${viewId} ${now.toISOString()}`,
      detail: {
        name: named.find((channel) => channel.key === channelKey)?.name ?? null,
        ...{ viewId, view: row.name },
        more: index === reported.length - 1 ? entered.length - reported.length : 0,
      },
    })),
  );
  return "done";
}

function isAlert({ accountId, viewId, app }: ViewAlert) {
  return and(
    eq(viewAlerts.accountId, accountId),
    eq(viewAlerts.viewId, viewId),
    eq(viewAlerts.app, app),
  );
}

/** An alert in the app. */
export type PersonalAlert = {
  readonly id: number;
  readonly app: string;
  readonly channelId: string;
  /** Null if the channel had none, or the role cannot see names. */
  readonly name: string | null;
  readonly view: string;
  /** Channels that entered at the same time and have no alert of their own. */
  readonly more: number;
  readonly createdAt: Date;
  readonly isRead: boolean;
};

/** A person's latest alerts, the newest first. */
export type PersonalAlerts = { readonly unread: number; readonly list: readonly PersonalAlert[] };

const LISTED = 50;

/** Reads a person's alerts. */
export async function readPersonalAlerts(
  db: Database,
  { id: accountId, role }: { readonly id: string; readonly role: Role },
  policy: FieldPolicy,
): Promise<PersonalAlerts> {
  const { id, detail, createdAt, readAt } = alerts;
  const { app, channelId } = channels;
  const rows = await db
    .select({ id, detail, createdAt, readAt, app, channelId })
    .from(alerts)
    .innerJoin(channels, eq(channels.key, alerts.channelKey))
    .where(eq(alerts.accountId, accountId))
    .orderBy(desc(id))
    .limit(LISTED);
  const seesNames = shownFields(policy, role).includes("name");
  return {
    unread: await countUnread(db, accountId),
    list: rows.map(({ detail: stored, readAt: read, ...row }) => {
      const { name, view, more } = stored as { name: string | null; view: string; more: number };
      return { ...row, name: seesNames ? name : null, view, more, isRead: read !== null };
    }),
  };
}

/** Counts a person's unread alerts. */
export function countUnread(db: Database, accountId: string): Promise<number> {
  return db.$count(alerts, and(eq(alerts.accountId, accountId), isNull(alerts.readAt)));
}

/** Marks a person's alerts as read, up to this one. */
export async function markRead(
  db: Database,
  accountId: string,
  upTo: number,
  now: Date,
): Promise<void> {
  await db
    .update(alerts)
    .set({ readAt: now })
    .where(and(eq(alerts.accountId, accountId), lte(alerts.id, upTo), isNull(alerts.readAt)));
}
