import { inArray, sql } from "drizzle-orm";
import { tags } from "@/lib/db/channel-schema";
import type { Transaction } from "@/lib/db/database";
import { foldedText } from "@/lib/subscriptions/folded-text";

/** One change after another, or together they could become more than there may be. */
export async function lockTags(transaction: Transaction): Promise<void> {
  await transaction.execute(sql`lock table tags in share row exclusive mode`);
}

/** The names of the team's tags, by what differs in more than case and width. */
export async function knownTags(transaction: Transaction): Promise<ReadonlyMap<string, string>> {
  const all = await transaction.select({ name: tags.name }).from(tags);
  return new Map(all.map(({ name }) => [foldedText(name), name]));
}

/** Forgets those of the tags that no channel has any more. */
export async function forgetUnused(
  transaction: Transaction,
  names: readonly string[],
): Promise<void> {
  if (names.length === 0) return;
  const isUsed = sql`exists (select from channel_tags where channel_tags.tag = ${tags.name})`;
  await transaction.delete(tags).where(sql`${inArray(tags.name, [...names])} and not ${isUsed}`);
}
