import { eq } from "drizzle-orm";
import { startSession } from "@/lib/auth/sessions";
import type { Database } from "@/lib/db/database";
import { accounts, sessions } from "@/lib/db/schema";

type Account = typeof accounts.$inferSelect;

export const NOW = new Date("2026-01-01T00:00:00Z");

/** Accounts and sessions of a test's own, by short names. */
export function deskPeople(db: Database) {
  return {
    add: async (name: string, values: Partial<Account> = {}): Promise<Account> => {
      const [added] = await db
        .insert(accounts)
        .values({
          ...{ email: `${name.toLowerCase()}@example.com`, name, role: "support" },
          ...{ passwordHash: "a hash", createdAt: NOW, ...values },
        })
        .returning();
      if (!added) throw new Error("No account was added.");
      return added;
    },
    find: async (id: string): Promise<Account> => {
      const [found] = await db.select().from(accounts).where(eq(accounts.id, id));
      if (!found) throw new Error("There is no such account.");
      return found;
    },
    signIn: (accountId: string, at = NOW): Promise<string> => {
      const session = { accountId, kind: "password", address: "192.0.2.1", userAgent: "" } as const;
      return startSession(db, session, 12, at);
    },
    /** The sessions that were not ended, of all accounts. */
    liveSessions: async (): Promise<string[]> => {
      const rows = await db.select().from(sessions);
      return rows.filter(({ endedAt }) => endedAt === null).map(({ id }) => id);
    },
  };
}
