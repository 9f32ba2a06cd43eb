import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  customType,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { AUDIT_ACTIONS, AUDIT_OUTCOMES } from "@/lib/audit/event";
import { ROLES } from "@/lib/auth/permissions";

const ISO = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)([+-]\d\d)(:\d\d)?$/;

/** A timestamp as a Date. Only ISO form: in another form day and month could be confused. */
export const instant = customType<{ data: Date; driverData: string }>({
  dataType: () => "timestamp with time zone",
  toDriver: (value) => value.toISOString(),
  fromDriver: parseInstant,
});

/** Parses a time as written by the database. Throws if it is not in ISO form. */
function parseInstant(text: string): Date {
  // A Date cannot hold infinity. The desk never writes it; an audit row with it is reported as
  // changed.
  if (/^-?infinity$/.test(text)) return new Date(Number.NaN);
  const [, day, time, hours, minutes = ":00"] = ISO.exec(text) ?? [];
  if (hours === undefined) {
    throw new Error(`The database wrote a time in another form than ISO: ${JSON.stringify(text)}`);
  }
  return new Date(`${day}T${time}${hours}${minutes}`);
}

export const role = pgEnum("role", ROLES);

export const accounts = pgTable(
  "accounts",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    email: text("email").notNull().unique(),
    name: text("name").notNull(),
    role: role("role").notNull(),
    /** Null for accounts of a provider, and until an invitation is accepted. */
    passwordHash: text("password_hash"),
    /** Sealed. Null while one-time codes are off. */
    totpSecret: text("totp_secret"),
    /** The step of the last used code: each code works once. */
    totpStep: bigint("totp_step", { mode: "number" }),
    oidcIssuer: text("oidc_issuer"),
    oidcSubject: text("oidc_subject"),
    /** Whether the provider or the inviting administrator vouches for the address. */
    emailVerified: boolean("email_verified").notNull().default(true),
    disabledAt: instant("disabled_at"),
    createdAt: instant("created_at").notNull().default(sql`now()`),
  },
  (table) => [
    check("accounts_email_lower_case", sql`${table.email} = lower(${table.email})`),
    uniqueIndex("accounts_oidc").on(table.oidcIssuer, table.oidcSubject),
  ],
);

/** A column for the account that owns a row. Rows go with their account. */
export const ofAccount = () =>
  uuid("account_id").references(() => accounts.id, { onDelete: "cascade" });

/** Sessions. The token in the cookie names one and is invalid without its row. */
export const sessions = pgTable(
  "sessions",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    accountId: ofAccount().notNull(),
    kind: text("kind", { enum: ["password", "oidc"] }).notNull(),
    address: text("address").notNull(),
    userAgent: text("user_agent").notNull(),
    createdAt: instant("created_at").notNull(),
    lastSeenAt: instant("last_seen_at").notNull(),
    endsAt: instant("ends_at").notNull(),
    endedAt: instant("ended_at"),
    /** Sealed. Sent to the provider at sign-out. Null once the session has ended. */
    idToken: text("id_token"),
  },
  (table) => [
    index("sessions_account").on(table.accountId),
    index("sessions_ends_at").on(table.endsAt),
  ],
);

/** Sign-ins and account links that are in progress at the identity provider. */
export const signInAttempts = pgTable(
  "sign_in_attempts",
  {
    stateDigest: text("state_digest").primaryKey(),
    browserDigest: text("browser_digest").notNull(),
    returnTo: text("return_to").notNull(),
    accountId: ofAccount(),
    expiresAt: instant("expires_at").notNull(),
  },
  (table) => [index("sign_in_attempts_expires_at").on(table.expiresAt)],
);

/** Digests of the recovery codes for people who lost their device. */
export const recoveryCodes = pgTable(
  "recovery_codes",
  {
    accountId: ofAccount().notNull(),
    digest: text("digest").notNull(),
    usedAt: instant("used_at"),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.digest] })],
);

/** Digests of the one-time links for setting a password. */
export const accountLinks = pgTable(
  "account_links",
  {
    digest: text("digest").primaryKey(),
    accountId: ofAccount().notNull(),
    purpose: text("purpose", { enum: ["invite", "reset"] }).notNull(),
    expiresAt: instant("expires_at").notNull(),
  },
  (table) => [index("account_links_account").on(table.accountId)],
);

/** Masked fields that a session may read of one subscriber for a limited time. */
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

/** Attempts of a person or an address in the window that starts at this time. */
export const rateCounts = pgTable(
  "rate_counts",
  {
    subject: text("subject").primaryKey(),
    windowStart: instant("window_start").notNull(),
    count: integer("count").notNull(),
  },
  (table) => [index("rate_counts_window_start").on(table.windowStart)],
);

/** What short links stand for, if URLs may not contain subscriber IDs. */
export const links = pgTable(
  "links",
  {
    id: text("id").primaryKey(),
    page: text("room", { enum: ["lookup", "audit"] }).notNull(),
    query: text("query").notNull(),
    createdAt: instant("created_at").notNull(),
    usedAt: instant("used_at").notNull(),
    /** The person who stored it first; null in rows of earlier versions. */
    accountId: ofAccount(),
  },
  (table) => [
    check("links_room", sql`${table.page} in ('lookup', 'audit')`),
    check("links_query_length", sql`char_length(${table.query}) <= 8000`),
    index("links_used_at").on(table.usedAt),
    index("links_account").on(table.accountId, table.usedAt),
  ],
);

/**
 * Who looked at what. Each row is chained to the previous one. The database refuses to change rows
 * and to delete rows, except those announced by retention (see the migration).
 */
export const auditEvents = pgTable(
  "audit_events",
  {
    sequence: bigint("sequence", { mode: "number" }).primaryKey(),
    at: instant("at").notNull(),
    requestId: text("request_id").notNull(),
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

/** Failed sign-ins. `subject` is a digest, because people type secrets into wrong fields. */
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

/** The preferences of a person, by name. */
export const preferences = pgTable(
  "preferences",
  {
    accountId: ofAccount().notNull(),
    name: text("name").notNull(),
    value: jsonb("value").notNull(),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.name] })],
);

/** Named sets of columns and filters of a person or the team. */
export const savedViews = pgTable(
  "saved_views",
  {
    id: uuid("id").primaryKey().defaultRandom(),
    page: text("room", { enum: ["lookup", "channels"] }).notNull(),
    name: text("name").notNull(),
    /** Compares names. Folding does not depend on the server's locale. */
    nameKey: text("name_key").notNull(),
    /** The part of the page's URL that says what is shown and how. */
    query: text("query").notNull(),
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => accounts.id, { onDelete: "cascade" }),
    isTeam: boolean("is_team").notNull(),
    createdAt: instant("created_at").notNull().default(sql`now()`),
    updatedAt: instant("updated_at").notNull(),
  },
  (table) => [
    check("saved_views_room", sql`${table.page} in ('lookup', 'channels')`),
    check("saved_views_name_length", sql`char_length(${table.name}) between 1 and 80`),
    check("saved_views_query_length", sql`char_length(${table.query}) <= 4000`),
    uniqueIndex("saved_views_personal_name")
      .on(table.ownerId, table.page, table.nameKey)
      .where(sql`not ${table.isTeam}`),
    uniqueIndex("saved_views_team_name").on(table.page, table.nameKey).where(sql`${table.isTeam}`),
  ],
);
