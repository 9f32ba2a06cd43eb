import { asc, eq, inArray, sql } from "drizzle-orm";
import { channelTags, tags } from "@/lib/db/channel-schema";
import type { Store } from "@/lib/db/store";
import { failure, type Result, success } from "@/lib/result";
import { foldedText } from "@/lib/subscriptions/folded-text";
import { keepTerms, lockChannels, type RefreshTerms, type Transaction } from "./refresh-terms";
import { tagName } from "./tag-name";

export const MAX_TAGS = 200;
export const MAX_TAGS_OF_CHANNEL = 20;

/** In which a tag's period lies. */
export const TAG_MINUTES = { least: 5, most: 1440 } as const;

export type Tag = {
  readonly name: string;
  /** Null: as channels without a tag. */
  readonly refreshMinutes: number | null;
  /** How many channels have it. */
  readonly channels: number;
};

export type TagsRefused = "unknownChannel" | "badTag" | "tooManyTags" | "tooManyTagsOfChannel";

/** The team's tags, by name. */
export function listTags(store: Store): Promise<Tag[]> {
  return store
    .select({
      name: tags.name,
      refreshMinutes: tags.refreshMinutes,
      channels: sql<number>`count(${channelTags.channelKey})::integer`,
    })
    .from(tags)
    .leftJoin(channelTags, eq(channelTags.tag, tags.name))
    .groupBy(tags.name)
    .orderBy(asc(sql`${tags.name} collate "C"`));
}

/**
 * Gives a channel these tags and no others, makes right when it is refreshed, and gives their names. A
 * name that differs from a tag's only in case or width means that tag. A tag that no channel has any more
 * is forgotten, with its period.
 */
export function setTags(
  store: Store,
  channelKey: number,
  names: readonly string[],
  terms: RefreshTerms,
): Promise<Result<string[], TagsRefused>> {
  return store.transaction(async (transaction) => {
    await lockTags(transaction);
    const keys = await lockChannels(transaction, [channelKey]);
    if (keys.length === 0) return failure("unknownChannel");
    const all = await transaction.select({ name: tags.name }).from(tags);
    const known = new Map(all.map(({ name }) => [foldedText(name), name]));
    const wanted = new Map<string, string>();
    for (const text of names) {
      const name = tagName(text);
      if (name === null) return failure("badTag");
      const folded = foldedText(name);
      if (!wanted.has(folded)) wanted.set(folded, known.get(folded) ?? name);
    }
    const chosen = [...wanted.values()];
    if (chosen.length > MAX_TAGS_OF_CHANNEL) return failure("tooManyTagsOfChannel");
    const added = [...wanted]
      .filter(([folded]) => !known.has(folded))
      .map(([, name]) => ({ name }));
    if (known.size + added.length > MAX_TAGS) return failure("tooManyTags");
    if (added.length > 0) await transaction.insert(tags).values(added);
    await replaceTags(transaction, channelKey, chosen);
    await keepTerms(transaction, keys, terms);
    return success(chosen);
  });
}

/** Says how often watched channels with a tag are refreshed; null: as those without one. */
export function setTagPeriod(
  store: Store,
  name: string,
  minutes: number | null,
  terms: RefreshTerms,
): Promise<Result<null, "unknownTag" | "badPeriod">> {
  return store.transaction(async (transaction) => {
    if (minutes !== null && !isPeriod(minutes)) return failure("badPeriod");
    await lockTags(transaction);
    const changed = await transaction
      .update(tags)
      .set({ refreshMinutes: minutes })
      .where(eq(tags.name, name))
      .returning({ name: tags.name });
    if (changed.length === 0) return failure("unknownTag");
    const tagged = await transaction
      .select({ key: channelTags.channelKey })
      .from(channelTags)
      .where(eq(channelTags.tag, name));
    const keys = await lockChannels(
      transaction,
      tagged.map(({ key }) => key),
    );
    await keepTerms(transaction, keys, terms);
    return success(null);
  });
}

function isPeriod(minutes: number): boolean {
  return Number.isInteger(minutes) && minutes >= TAG_MINUTES.least && minutes <= TAG_MINUTES.most;
}

// One change after another, or together they could become more than there may be.
async function lockTags(transaction: Transaction): Promise<void> {
  await transaction.execute(sql`lock table tags in share row exclusive mode`);
}

async function replaceTags(
  transaction: Transaction,
  channelKey: number,
  names: readonly string[],
): Promise<void> {
  const removed = await transaction
    .delete(channelTags)
    .where(eq(channelTags.channelKey, channelKey))
    .returning({ tag: channelTags.tag });
  if (names.length > 0) {
    await transaction.insert(channelTags).values(names.map((tag) => ({ channelKey, tag })));
  }
  const left = removed.map(({ tag }) => tag).filter((tag) => !names.includes(tag));
  if (left.length === 0) return;
  const isUsed = sql`exists (select from channel_tags where channel_tags.tag = ${tags.name})`;
  await transaction.delete(tags).where(sql`${inArray(tags.name, left)} and not ${isUsed}`);
}
