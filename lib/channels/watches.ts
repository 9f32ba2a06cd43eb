import { and, count, eq, inArray, isNull, sql } from "drizzle-orm";
import { watches } from "@/lib/db/channel-schema";
import type { Store } from "@/lib/db/store";
import { failure, type Result, success } from "@/lib/result";
import { keepTerms, lockChannels, type RefreshTerms } from "./refresh-terms";

/** Channels that one person watches at most, and the team. */
export const MAX_WATCHES = 10_000;

export type WatchChange = {
  /** At most 1,000. */
  readonly channelKeys: readonly number[];
  /** Who changes it, for themselves or for the team. */
  readonly userId: string;
  readonly isTeam: boolean;
  readonly watched: boolean;
};

/**
 * Lets a person or the team watch channels, or watch them no longer, and makes right when they are
 * refreshed; gives how many were not so before. All are changed or, when it would be too many, none.
 * A channel that does not exist is left out.
 */
export function setWatched(
  store: Store,
  { channelKeys, userId, isTeam, watched }: WatchChange,
  terms: RefreshTerms,
): Promise<Result<number, "tooManyWatches">> {
  const accountId = isTeam ? null : userId;
  const isTheirs = isTeam ? isNull(watches.accountId) : eq(watches.accountId, userId);
  return store.transaction(async (transaction) => {
    // One after another, or together they could become more than anyone may have.
    await transaction.execute(sql`lock table watches in share row exclusive mode`);
    const keys = await lockChannels(transaction, channelKeys);
    if (!watched) {
      const removed = await transaction
        .delete(watches)
        .where(and(isTheirs, inArray(watches.channelKey, keys)))
        .returning({ key: watches.channelKey });
      await keepTerms(transaction, keys, terms);
      return success(removed.length);
    }
    const theirs = await transaction
      .select({ key: watches.channelKey })
      .from(watches)
      .where(and(isTheirs, inArray(watches.channelKey, keys)));
    const known = new Set(theirs.map(({ key }) => key));
    const added = keys.filter((key) => !known.has(key));
    if (added.length === 0) return success(0);
    const [all] = await transaction.select({ count: count() }).from(watches).where(isTheirs);
    if ((all?.count ?? 0) + added.length > MAX_WATCHES) return failure("tooManyWatches");
    const rows = added.map((channelKey) => ({ channelKey, accountId, createdAt: terms.now }));
    await transaction.insert(watches).values(rows);
    await keepTerms(transaction, added, terms);
    return success(added.length);
  });
}
