import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { AUDIT_ACTIONS, AUDIT_OUTCOMES } from "@/lib/audit/event";
import { ROLES } from "@/lib/auth/permissions";

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

export const role = pgEnum("role", ROLES);

export const accounts = pgTable(
  "accounts",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    email: text("email").notNull().unique(),
    name: text("name").notNull(),
    role: role("role").notNull(),
    /** Null for who signs in elsewhere, and until an invitation is accepted. */
    passwordHash: text("password_hash"),
    /** Sealed, and null until one-time codes are switched on. */
    totpSecret: text("totp_secret"),
    /** The step of the last code used: each is good once. */
    totpStep: bigint("totp_step", { mode: "number" }),
    /** Who this is to the identity provider. */
    oidcIssuer: text("oidc_issuer"),
    oidcSubject: text("oidc_subject"),
    disabledAt: instant("disabled_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [
    check("accounts_email_lower_case", sql`${table.email} = lower(${table.email})`),
    uniqueIndex("accounts_oidc").on(table.oidcIssuer, table.oidcSubject),
  ],
);

/** Sign-ins. The token in the cookie names one; without its row it is worth nothing. */
export const sessions = pgTable(
  "sessions",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    kind: text("kind", { enum: ["password", "oidc"] }).notNull(),
    address: text("address").notNull(),
    userAgent: text("user_agent").notNull(),
    createdAt: instant("created_at").notNull(),
    lastSeenAt: instant("last_seen_at").notNull(),
    /** Whatever happens, not after this. */
    endsAt: instant("ends_at").notNull(),
    endedAt: instant("ended_at"),
  },
  (table) => [
    index("sessions_account").on(table.accountId),
    index("sessions_ends_at").on(table.endsAt),
  ],
);

/** Codes for who has lost the device that makes one-time codes; only their digests. */
export const recoveryCodes = pgTable(
  "recovery_codes",
  {
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    digest: text("digest").notNull(),
    usedAt: instant("used_at"),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.digest] })],
);

/** One-time links by which a person chooses a password; only the digests of their tokens. */
export const accountLinks = pgTable(
  "account_links",
  {
    digest: text("digest").primaryKey(),
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    purpose: text("purpose", { enum: ["invite", "reset"] }).notNull(),
    expiresAt: instant("expires_at").notNull(),
  },
  (table) => [index("account_links_account").on(table.accountId)],
);

/** Masked fields that a session may read of one subscriber for a while, after giving a reason. */
export const reveals = pgTable(
  "reveals",
  {
    sessionId: uuid("session_id")
      .notNull()
      .references(() => sessions.id, { onDelete: "cascade" }),
    app: text("app").notNull(),
    subscriberId: text("subscriber_id").notNull(),
    field: text("field").notNull(),
    expiresAt: instant("expires_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.sessionId, table.app, table.subscriberId, table.field] }),
    index("reveals_expires_at").on(table.expiresAt),
  ],
);

/** How often a person or an address has done something in the window that began then. */
export const rateCounts = pgTable(
  "rate_counts",
  {
    subject: text("subject").primaryKey(),
    windowStart: instant("window_start").notNull(),
    count: integer("count").notNull(),
  },
  (table) => [index("rate_counts_window_start").on(table.windowStart)],
);

/** What short links stand for, where addresses may not hold ids. */
export const links = pgTable(
  "links",
  {
    id: text("id").primaryKey(),
    room: text("room", { enum: ["lookup", "audit"] }).notNull(),
    query: text("query").notNull(),
    createdAt: instant("created_at").notNull(),
    usedAt: instant("used_at").notNull(),
  },
  (table) => [
    check("links_room", sql`${table.room} in ('lookup', 'audit')`),
    check("links_query_length", sql`char_length(${table.query}) <= 8000`),
    index("links_used_at").on(table.usedAt),
  ],
);

/**
 * Who looked at what, each row chained to the one before. The database refuses to change rows, and to
 * delete any but those that retention has announced (see the migration).
 */
export const auditEvents = pgTable(
  "audit_events",
  {
    /** From 1, without gaps. */
    sequence: bigint("sequence", { mode: "number" }).primaryKey(),
    at: instant("at").notNull(),
    requestId: text("request_id").notNull(),
    /** Of an account that may be gone: the row outlives it. */
    actorId: uuid("actor_id"),
    actorEmail: text("actor_email"),
    actorRole: text("actor_role"),
    address: text("address"),
    action: text("action", { enum: AUDIT_ACTIONS }).notNull(),
    outcome: text("outcome", { enum: AUDIT_OUTCOMES }).notNull(),
    code: text("code"),
    app: text("app"),
    subscriberId: text("subscriber_id"),
    target: text("target"),
    fields: text("fields").array(),
    reason: text("reason"),
    rows: integer("rows"),
    durationMs: integer("duration_ms"),
    previousHash: text("previous_hash").notNull(),
    hash: text("hash").notNull(),
  },
  (table) => [
    index("audit_events_at").on(table.at),
    index("audit_events_actor").on(table.actorId, table.at),
    index("audit_events_subscriber").on(table.subscriberId, table.at),
    index("audit_events_request").on(table.requestId),
  ],
);

/** Failed sign-ins of one account or one address; `subject` is a digest, people mistype secrets. */
export const signInThrottle = pgTable(
  "sign_in_throttle",
  {
    subject: text("subject").primaryKey(),
    failures: integer("failures").notNull(),
    lastFailureAt: instant("last_failure_at").notNull(),
    waitUntil: instant("wait_until"),
  },
  (table) => [index("sign_in_throttle_last_failure_at").on(table.lastFailureAt)],
);

/** What one person prefers, by the name of the preference. */
export const preferences = pgTable(
  "preferences",
  {
    accountId: uuid("account_id")
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    value: jsonb("value").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.name] })],
);

/** Sets of columns and filters under a name, each of one person or of the team. */
export const savedViews = pgTable(
  "saved_views",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    room: text("room", { enum: ["lookup", "channels"] }).notNull(),
    name: text("name").notNull(),
    /** By which names are the same: what counts as one letter is not left to a server's locale. */
    nameKey: text("name_key").notNull(),
    /** The part of the room's address that says what is shown and how. */
    query: text("query").notNull(),
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    isTeam: boolean("is_team").notNull(),
    createdAt: instant("created_at").notNull().defaultNow(),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [
    check("saved_views_room", sql`${table.room} in ('lookup', 'channels')`),
    check("saved_views_name_length", sql`char_length(${table.name}) between 1 and 80`),
    check("saved_views_query_length", sql`char_length(${table.query}) <= 4000`),
    uniqueIndex("saved_views_personal_name")
      .on(table.ownerId, table.room, table.nameKey)
      .where(sql`not ${table.isTeam}`),
    uniqueIndex("saved_views_team_name").on(table.room, table.nameKey).where(sql`${table.isTeam}`),
  ],
);

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
    /** When the count was last read. */
    countedAt: instant("counted_at"),
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
    index("channels_refresh_due_at").on(table.refreshDueAt),
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
    index("snapshots_readings").on(table.at).where(sql`${table.grain} = 'reading'`),
    index("snapshots_hours").on(table.at).where(sql`${table.grain} = 'hour'`),
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

/** What is done again and again, by one instance at a time: the one that holds the lease. */
export const jobs = pgTable("jobs", {
  name: text("name").primaryKey(),
  holder: text("holder"),
  leaseUntil: instant("lease_until"),
  startedAt: instant("started_at"),
  finishedAt: instant("finished_at"),
  /** When it runs next, if all goes well. */
  nextAt: instant("next_at"),
  /** Why the last run failed, in one sentence; null if it did not. */
  problem: text("problem"),
});

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
