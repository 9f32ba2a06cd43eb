import type { Page, Request } from "@playwright/test";
import { is, sql } from "drizzle-orm";
import { PgTable } from "drizzle-orm/pg-core";
import * as channelSchema from "@/lib/db/channel-schema";
import type { Database } from "@/lib/db/database";
import * as schema from "@/lib/db/schema";

/** All that a database holds, the audit among it, as one text to search in. */
export async function storedIn(db: Database): Promise<string> {
  const parts: unknown[] = [...Object.values(schema), ...Object.values(channelSchema)];
  const tables = parts.filter((part) => is(part, PgTable));
  return JSON.stringify(await Promise.all(tables.map((table) => db.select().from(table))));
}

/** Waits for the end of the next action that stores something. Call it before what causes the action. */
export async function storing(page: Page): Promise<void> {
  const isAction = (request: Request) =>
    request.method() === "POST" && "next-action" in request.headers();
  // Next may let go of a stream as soon as it has read the answer, which then counts as failed.
  await Promise.race([
    page.waitForEvent("requestfinished", isAction),
    page.waitForEvent("requestfailed", isAction),
  ]);
}

/** Makes the next run of the refresh job due. Otherwise it waits up to a minute. */
export async function runRefreshNow(db: Database): Promise<void> {
  await db.execute(
    sql`update pgboss.job set start_after = now() where name = 'refresh' and state = 'created'`,
  );
}
