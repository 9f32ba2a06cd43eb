import { type SQL, sql } from "drizzle-orm";
import { channels } from "@/lib/db/channel-schema";
import type { KnownChannel } from "./known-channel";

/**
 * How the refreshes of a channel go. Fresh: counted within two of its periods, else stale. Failing: the
 * last one brought nothing. Gone: the vendor has it no more. Unwatched: there are none.
 */
export const REFRESH_STATES = ["fresh", "stale", "failing", "gone", "unwatched"] as const;

export type RefreshState = (typeof REFRESH_STATES)[number];

type Refreshed = Pick<KnownChannel, "refreshMinutes" | "refreshProblem" | "countedAt" | "goneAt">;

const MINUTE_MS = 60_000;

/** How the refreshes of a channel that was read from the database go. */
export function refreshState(channel: Refreshed, now: Date): RefreshState {
  const { refreshMinutes, refreshProblem, countedAt, goneAt } = channel;
  if (refreshMinutes === null) return "unwatched";
  if (goneAt !== null) return "gone";
  if (refreshProblem !== null) return "failing";
  if (countedAt === null) return "stale";
  const age = now.getTime() - countedAt.getTime();
  return age <= 2 * refreshMinutes * MINUTE_MS ? "fresh" : "stale";
}

/** The same in a statement. */
export function refreshStateOf(now: Date): SQL<RefreshState> {
  const { refreshMinutes, refreshProblem, countedAt, goneAt } = channels;
  return sql`case
    when ${refreshMinutes} is null then 'unwatched'
    when ${goneAt} is not null then 'gone'
    when ${refreshProblem} is not null then 'failing'
    when ${countedAt} >= ${now.toISOString()}::timestamptz - 2 * ${refreshMinutes} * interval '1 minute'
      then 'fresh'
    else 'stale' end`;
}
