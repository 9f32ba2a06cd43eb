import { sql } from "drizzle-orm";
import {
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
    passwordHash: text("password_hash").notNull(),
    disabledAt: instant("disabled_at"),
    createdAt: instant("created_at").notNull().defaultNow(),
  },
  (table) => [check("accounts_email_lower_case", sql`${table.email} = lower(${table.email})`)],
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
    room: text("room", { enum: ["lookup"] }).notNull(),
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
    check("saved_views_room", sql`${table.room} in ('lookup')`),
    check("saved_views_name_length", sql`char_length(${table.name}) between 1 and 80`),
    check("saved_views_query_length", sql`char_length(${table.query}) <= 4000`),
    uniqueIndex("saved_views_personal_name")
      .on(table.ownerId, table.room, table.nameKey)
      .where(sql`not ${table.isTeam}`),
    uniqueIndex("saved_views_team_name").on(table.room, table.nameKey).where(sql`${table.isTeam}`),
  ],
);
