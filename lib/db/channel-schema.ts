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
import { accounts, instant } from "./schema";

/** The channels that the desk has met, each as it was last seen. What was never read of one is null. */
export const channels = pgTable(
  "channels",
  {
    /** What the tables about channels name it by: ids of the vendor are long. */
    key: integer("key").primaryKey().generatedAlwaysAsIdentity(),
    /** The slug of the app. */
    app: text("app").notNull(),
    channelId: text("channel_id").notNull(),
    name: text("name"),
    ownerId: text("owner_id"),
    organization: text("organization"),
    introduction: text("introduction"),
    avatarUrl: text("avatar_url"),
    createdAt: instant("created_at"),
    /** Folded name, id, owner and organization: what a search looks into. */
    searchText: text("search_text").notNull(),
    /** The folded name, by which channels are sorted; empty without one. */
    nameKey: text("name_key").notNull(),
    subscriberCount: bigint("subscriber_count", { mode: "number" }),
    /** When the count was last read, or moved by the vendor's callbacks. */
    countedAt: instant("counted_at"),
    /** When a count that callbacks have moved was read before them; null of one that stands as it was read. */
    movedSince: instant("moved_since"),
    /** Null both when nothing was ever sent and when nobody has asked: see `lastMessageReadAt`. */
    lastMessageAt: instant("last_message_at"),
    lastMessageReadAt: instant("last_message_read_at"),
    /** The newest row of `snapshots` that has a count; null without one. */
    snapshotAt: instant("snapshot_at"),
    /** The count less the count that long before it was read; null where that is not known. */
    changeDay: bigint("change_day", { mode: "number" }),
    changeWeek: bigint("change_week", { mode: "number" }),
    changeMonth: bigint("change_month", { mode: "number" }),
    firstSeenAt: instant("first_seen_at").notNull(),
    seenAt: instant("seen_at").notNull(),
    /** When its name and the like were last read, whichever of them were; null where none ever was. */
    factsAt: instant("facts_at"),
    /** When the vendor first said that there is no such channel any more. */
    goneAt: instant("gone_at"),
    /** What is known from before is sample data. */
    sampleUntil: instant("sample_until"),
    /** The shortest period of its tags and watches; null when nobody watches it. */
    refreshMinutes: integer("refresh_minutes"),
    refreshDueAt: instant("refresh_due_at"),
    /** Why the last refresh brought nothing: the vendor's number or the kind of failure. */
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

export const SNAPSHOT_GRAINS = ["reading", "hour", "day"] as const;

/**
 * How a channel was at a time: a reading that differed from the one before or was the first of a day,
 * or what is left of an hour's or a day's readings when those have had their time.
 */
export const snapshots = pgTable(
  "snapshots",
  {
    channelKey: channelKey(),
    /** When it was first read so; of an hour or a day, its first reading. */
    at: instant("at").notNull(),
    grain: text("grain", { enum: SNAPSHOT_GRAINS }).notNull(),
    /** When the count was last read so; null of the newest count of a channel, see `channels.countedAt`. */
    until: instant("until"),
    /** Null when only the message was read; of an hour or a day, the last one. */
    subscriberCount: bigint("subscriber_count", { mode: "number" }),
    /** Of an hour or a day only. */
    leastCount: bigint("least_count", { mode: "number" }),
    mostCount: bigint("most_count", { mode: "number" }),
    lastMessageAt: instant("last_message_at"),
  },
  (table) => [
    primaryKey({ columns: [table.channelKey, table.at] }),
    index("snapshots_readings")
      .on(table.at)
      .where(
        sql`${table.grain} = 'reading' and (${table.until} is not null or ${table.subscriberCount} is null)`,
      ),
    index("snapshots_hours").on(table.at).where(sql`${table.grain} = 'hour'`),
    index("snapshots_days").on(table.at).where(sql`${table.grain} = 'day'`),
  ],
);

/** Who watches which channel: a person, or the team where there is none. */
export const watches = pgTable(
  "watches",
  {
    channelKey: channelKey(),
    accountId: uuid("account_id").references(() => accounts.id, { onDelete: "cascade" }),
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
    /** How often watched channels with this tag are refreshed; null as all others. */
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

/** The refreshes of watched channels, a row for each app and run that had some to do. */
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
    /** The first failure: the vendor's number or the kind. */
    problem: text("problem"),
  },
  (table) => [index("refresh_runs_started_at").on(table.startedAt)],
);

/** Attempts to tell the webhook of notices, together under one id until it has taken them. */
export const deliveries = pgTable(
  "deliveries",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    createdAt: instant("created_at").notNull(),
    attempts: integer("attempts").notNull(),
    /** Null when it was delivered, or given up. */
    nextAttemptAt: instant("next_attempt_at"),
    deliveredAt: instant("delivered_at"),
    /** The HTTP status of the last answer, and what was wrong with it. */
    status: integer("status"),
    problem: text("problem"),
  },
  (table) => [index("deliveries_created_at").on(table.createdAt)],
);

/** What the team is told of watched channels, each once. */
export const notices = pgTable(
  "notices",
  {
    id: bigint("id", { mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    channelKey: channelKey(),
    kind: text("kind", { enum: ["silent", "gone", "moved"] }).notNull(),
    /** What makes it the same one: it is told once. */
    occasion: text("occasion").notNull(),
    createdAt: instant("created_at").notNull(),
    /** The figures it tells, as they were then. */
    detail: jsonb("detail").notNull(),
    deliveryId: uuid("delivery_id").references(() => deliveries.id, { onDelete: "set null" }),
  },
  (table) => [
    uniqueIndex("notices_occasion").on(table.channelKey, table.kind, table.occasion),
    index("notices_delivery").on(table.deliveryId),
  ],
);

/** Callbacks of the vendor that were taken, so that one delivered twice counts once. */
export const callbackReceipts = pgTable(
  "callback_receipts",
  {
    digest: text("digest").primaryKey(),
    receivedAt: instant("received_at").notNull(),
  },
  (table) => [index("callback_receipts_received_at").on(table.receivedAt)],
);
