import { and, eq, isNotNull, max, or } from "drizzle-orm";
import { channels } from "@/lib/db/channel-schema";
import type { Database } from "@/lib/db/database";
import type { DirectoryQuery } from "./directory-query";
import { directoryCondition } from "./directory-sql";

/**
 * Until when some of what is known of an app's channels is sample data, of those that any of the queries
 * wants; null: nothing is.
 */
export async function readSampleUntil(
  db: Database,
  app: string,
  queries: readonly DirectoryQuery[],
  now: Date,
): Promise<Date | null> {
  const { sampleUntil } = channels;
  const some = await db
    .select({ sampleUntil })
    .from(channels)
    .where(and(eq(channels.app, app), isNotNull(sampleUntil)))
    .limit(1);
  // As anywhere but in the demo.
  if (some.length === 0) return null;
  const [row] = await db
    .select({ until: max(sampleUntil) })
    .from(channels)
    .where(
      and(isNotNull(sampleUntil), or(...queries.map((query) => directoryCondition(query, now)))),
    );
  return row?.until ?? null;
}

/** Until when some of several channels' data is sample data, by that time of each; null: nothing is. */
export function latestSample(times: readonly (Date | null)[]): Date | null {
  const known = times.flatMap((time) => (time ? [time.getTime()] : []));
  return known.length === 0 ? null : new Date(Math.max(...known));
}
