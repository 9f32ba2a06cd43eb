import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { instant, ofAccount, savedViews } from "./schema";

/** The last known state of each channel. Values that were never read are null. */
export const channels = pgTable(
  "channels",
  {
    /** The key of a channel in other tables: the API's IDs are long. */
    key: integer("key").primaryKey().generatedAlwaysAsIdentity(),
    app: text("app").notNull(),
    channelId: text("channel_id").notNull(),
    name: text("name"),
    ownerId: text("owner_id"),
    organization: text("organization"),
    introduction: text("introduction"),
    avatarUrl: text("avatar_url"),
    createdAt: instant("created_at"),
    /** Folded name, ID, owner and organization, for search. */
    searchText: text("search_text").notNull(),
    /** The folded name, for sorting. Empty without a name. */
    nameKey: text("name_key").notNull(),
    subscriberCount: bigint("subscriber_count", { mode: "number" }),
    /** When the count was last read, or changed by a callback. */
    countedAt: instant("counted_at"),
    /** When the count was last read, if callbacks have changed it since; otherwise null. */
    movedSince: instant("moved_since"),
    /** Null if no message was ever sent, and if it was never read: see `lastMessageReadAt`. */
    lastMessageAt: instant("last_message_at"),
    lastMessageReadAt: instant("last_message_read_at"),
    /** The newest row of `snapshots` with a count, or null. */
    snapshotAt: instant("snapshot_at"),
    /** The change of the count in this period; null if unknown. */
    changeDay: bigint("change_day", { mode: "number" }),
    changeWeek: bigint("change_week", { mode: "number" }),
    changeMonth: bigint("change_month", { mode: "number" }),
    firstSeenAt: instant("first_seen_at").notNull(),
    seenAt: instant("seen_at").notNull(),
    /** When name and other details were last read; null if never. */
    factsAt: instant("facts_at"),
    /** When the API first said that the channel does not exist any more. */
    goneAt: instant("gone_at"),
    /** History before this time is sample data. */
    sampleUntil: instant("sample_until"),
    /** The shortest period of its tags and watches; null if nobody watches it. */
    refreshMinutes: integer("refresh_minutes"),
    refreshDueAt: instant("refresh_due_at"),
    /** Why the last refresh failed: the API's code or the kind of failure. */
    refreshProblem: text("refresh_problem"),
  },
  (table) => [
    uniqueIndex("channels_app_channel_id").on(table.app, table.channelId),
    index("channels_app_key").on(table.app, table.key),
    index("channels_refresh_due_at").on(table.refreshDueAt),
    index("channels_watched").on(table.key).where(sql`${table.refreshMinutes} is not null`),
    index("channels_sample").on(table.app, table.key).where(sql`${table.sampleUntil} is not null`),
  ],
);

const channelKey = () =>
  integer("channel_key")
    .notNull()
    .references(() => channels.key, { onDelete: "cascade" });

export const SNAPSHOT_RESOLUTIONS = ["reading", "hour", "day"] as const;

/**
 * The state of a channel at a time: a reading that differs from the previous one or is the first of
 * a day, or the rollup of an hour or a day.
 */
export const snapshots = pgTable(
  "snapshots",
  {
    channelKey: channelKey(),
    /** The time of the first such reading; for an hour or a day, of its first reading. */
    at: instant("at").notNull(),
    resolution: text("grain", { enum: SNAPSHOT_RESOLUTIONS }).notNull(),
    /** When the same count was last read; null for the newest one, see `channels.countedAt`. */
    until: instant("until"),
    /** Null if only the message was read; for an hour or a day, the last count. */
    subscriberCount: bigint("subscriber_count", { mode: "number" }),
    /** For an hour or a day only. */
    leastCount: bigint("least_count", { mode: "number" }),
    mostCount: bigint("most_count", { mode: "number" }),
    lastMessageAt: instant("last_message_at"),
  },
  (table) => [
    primaryKey({ columns: [table.channelKey, table.at] }),
    index("snapshots_readings")
      .on(table.at)
      .where(
        sql`${table.resolution} = 'reading' and (${table.until} is not null or ${table.subscriberCount} is null)`,
      ),
    index("snapshots_hours").on(table.at).where(sql`${table.resolution} = 'hour'`),
    index("snapshots_days").on(table.at).where(sql`${table.resolution} = 'day'`),
  ],
);

/** Who watches which channel: a person, or the team (null). */
export const watches = pgTable(
  "watches",
  {
    channelKey: channelKey(),
    accountId: ofAccount(),
    createdAt: instant("created_at").notNull(),
  },
  (table) => [
    uniqueIndex("watches_personal")
      .on(table.accountId, table.channelKey)
      .where(sql`${table.accountId} is not null`),
    uniqueIndex("watches_team").on(table.channelKey).where(sql`${table.accountId} is null`),
    index("watches_channel").on(table.channelKey),
  ],
);

/** The team's tags. */
export const tags = pgTable(
  "tags",
  {
    name: text("name").primaryKey(),
    /** How often watched channels with this tag are refreshed; null: the default. */
    refreshMinutes: integer("refresh_minutes"),
  },
  (table) => [check("tags_name_length", sql`char_length(${table.name}) between 1 and 40`)],
);

export const channelTags = pgTable(
  "channel_tags",
  {
    channelKey: channelKey(),
    tag: text("tag")
      .notNull()
      .references(() => tags.name, { onDelete: "cascade", onUpdate: "cascade" }),
  },
  (table) => [
    primaryKey({ columns: [table.channelKey, table.tag] }),
    index("channel_tags_tag").on(table.tag),
  ],
);

/** Refresh runs, one row per app and run with work to do. */
export const refreshRuns = pgTable(
  "refresh_runs",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    app: text("app").notNull(),
    startedAt: instant("started_at").notNull(),
    finishedAt: instant("finished_at").notNull(),
    refreshed: integer("refreshed").notNull(),
    gone: integer("gone").notNull(),
    failed: integer("failed").notNull(),
    /** The first failure: the API's code or the kind. */
    problem: text("problem"),
  },
  (table) => [index("refresh_runs_started_at").on(table.startedAt)],
);

/** Deliveries of alerts to the webhook. Alerts share a delivery until the webhook accepts it. */
export const deliveries = pgTable(
  "deliveries",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    createdAt: instant("created_at").notNull(),
    attempts: integer("attempts").notNull(),
    /** Null after delivery or the last attempt. */
    nextAttemptAt: instant("next_attempt_at"),
    deliveredAt: instant("delivered_at"),
    /** The HTTP status of the last answer, and its problem. */
    status: integer("status"),
    problem: text("problem"),
  },
  (table) => [index("deliveries_created_at").on(table.createdAt)],
);

/** The channels that enter a saved view are reported to the person who asked for it. */
export const viewAlerts = pgTable(
  "view_alerts",
  {
    accountId: ofAccount().notNull(),
    viewId: uuid("view_id")
      .notNull()
      .references(() => savedViews.id, { onDelete: "cascade" }),
    app: text("app").notNull(),
    createdAt: instant("created_at").notNull(),
    /**
     * The conditions of `members`. Null until they are first known, and while the person may not see
     * channels: the next members are then not reported.
     */
    query: text("query"),
    /** The keys of the channels that were in the view the last time. */
    members: integer("members").array().notNull().default([]),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.viewId, table.app] })],
);

/** Alerts about watched channels and saved views, each stored once. */
export const alerts = pgTable(
  "notices",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    channelKey: channelKey(),
    kind: text("kind", { enum: ["silent", "gone", "moved", "entered"] }).notNull(),
    /** Identifies the event, so that it is reported once. */
    occasion: text("occasion").notNull(),
    createdAt: instant("created_at").notNull(),
    /** The figures at that time. */
    detail: jsonb("detail").notNull(),
    deliveryId: uuid("delivery_id").references(() => deliveries.id, { onDelete: "set null" }),
    /** The person who sees it in the app; null for alerts to the webhook alone. */
    accountId: ofAccount(),
    readAt: instant("read_at"),
  },
  (table) => [
    uniqueIndex("notices_occasion").on(table.channelKey, table.kind, table.occasion),
    index("notices_delivery").on(table.deliveryId),
    index("notices_account").on(table.accountId, table.id),
  ],
);

/** Processed callbacks, so that a repeated one counts once. */
export const callbackReceipts = pgTable(
  "callback_receipts",
  {
    digest: text("digest").primaryKey(),
    receivedAt: instant("received_at").notNull(),
  },
  (table) => [index("callback_receipts_received_at").on(table.receivedAt)],
);
