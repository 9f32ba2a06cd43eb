import { and, eq, isNotNull, max } from "drizzle-orm";
import { channels } from "@/lib/db/channel-schema";
import type { Store } from "@/lib/db/store";
import { wanted } from "./directory-conditions";
import type { DirectoryQuery } from "./directory-query";
import { channelsOf, inSlices } from "./directory-slices";

/** Until when some of what is known of the channels that are wanted is sample data; null: nothing is. */
export async function readSampleUntil(
  store: Store,
  query: DirectoryQuery,
  now: Date,
): Promise<Date | null> {
  const { app, sampleUntil } = channels;
  const some = await store
    .select({ app })
    .from(channels)
    .where(and(eq(app, query.app), isNotNull(sampleUntil)))
    .limit(1);
  // As anywhere but in the demo.
  if (some.length === 0) return null;
  const condition = wanted(query, now);
  const times = await inSlices(store, query.app, async (slice) => {
    const [row] = await store
      .select({ until: max(sampleUntil) })
      .from(channels)
      .where(and(channelsOf(slice), isNotNull(sampleUntil), condition(slice)));
    return row?.until ?? null;
  });
  return latestSample(times);
}

/** Until when some of several channels' data is sample data, by that time of each; null: nothing is. */
export function latestSample(times: readonly (Date | null)[]): Date | null {
  const known = times.flatMap((time) => (time ? [time.getTime()] : []));
  return known.length === 0 ? null : new Date(Math.max(...known));
}
