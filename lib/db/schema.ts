import { sql } from "drizzle-orm";
import { check, index, integer, pgEnum, pgTable, text, timestamp, uuid } from "drizzle-orm/pg-core";
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
