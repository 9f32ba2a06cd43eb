import { asc, eq, sql } from "drizzle-orm";
import { channelTags, tags } from "@/lib/db/channel-schema";
import type { Database, Transaction } from "@/lib/db/database";
import { failure, type Result, success } from "@/lib/result";
import { foldedText } from "@/lib/subscriptions/folded-text";
import { tagName } from "./known-channel";
import { type RefreshSettings, syncSchedule } from "./refresh/schedule";

export const MAX_TAGS = 200;
export const MAX_TAGS_OF_CHANNEL = 20;

/** The bounds of a refresh period. */
export const TAG_MINUTES = { least: 5, most: 1440 } as const;

export type Tag = {
  readonly name: string;
  /** Null for the default period. */
  readonly refreshMinutes: number | null;
  /** The number of channels with the tag. */
  readonly channels: number;
};

export type TagsRefused = "badTag" | "tooManyTags" | "tooManyTagsOfChannel";

/** Lists the team's tags by name. */
export function listTags(db: Database): Promise<Tag[]> {
  return db
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

/** Sets the refresh period of watched channels with a tag; null for the default. */
export async function setTagPeriod(
  db: Database,
  name: string,
  minutes: number | null,
  settings: RefreshSettings,
): Promise<Result<null, "unknownTag" | "badPeriod">> {
  if (minutes !== null && !isPeriod(minutes)) return failure("badPeriod");
  const changed = await db
    .update(tags)
    .set({ refreshMinutes: minutes })
    .where(eq(tags.name, name))
    .returning({ name: tags.name });
  if (changed.length === 0) return failure("unknownTag");
  await syncSchedule(db, await listTagged(db, name), settings);
  return success(null);
}

function isPeriod(minutes: number): boolean {
  return Number.isInteger(minutes) && minutes >= TAG_MINUTES.least && minutes <= TAG_MINUTES.most;
}

// In one list, because the embedded database takes several times as long to give as many rows.
async function listTagged(db: Database, name: string): Promise<readonly number[]> {
  const { rows } = await db.execute<{ keys: number[] | null }>(sql`
    select json_agg(channel_key) as keys from channel_tags where tag = ${name}`);
  return rows[0]?.keys ?? [];
}

type TagChange = {
  /** At most 1,000. */
  readonly channelKeys: readonly number[];
  /** A name that differs from a tag only in case or width means that tag. */
  readonly name: string;
  readonly tagged: boolean;
};

/**
 * Adds a tag to channels or removes it, updates their refresh periods and returns the keys of the changed
 * channels. Changes all of them, or none beyond a limit. Skips channels that do not exist, and deletes a
 * tag without channels.
 */
export async function setTag(
  db: Database,
  { channelKeys, name, tagged }: TagChange,
  settings: RefreshSettings,
): Promise<Result<readonly number[], TagsRefused>> {
  const typed = tagName(name);
  if (typed === null) return failure("badTag");
  const changed = await db.transaction(async (transaction) => {
    // Serializes changes. Concurrent changes could exceed the limits.
    await transaction.execute(sql`lock table tags in share row exclusive mode`);
    const all = await transaction.select({ name: tags.name }).from(tags);
    const known = all.find((tag) => foldedText(tag.name) === foldedText(typed));
    const tag = known?.name ?? typed;
    return tagged
      ? addTag(transaction, channelKeys, tag, known ? null : all.length)
      : success(await removeTag(transaction, channelKeys, tag));
  });
  if (changed.ok) await syncSchedule(db, changed.value, settings);
  return changed;
}

/** @param others the number of tags before a new one; null if the tag exists */
async function addTag(
  transaction: Transaction,
  channelKeys: readonly number[],
  name: string,
  others: number | null,
): Promise<Result<readonly number[], TagsRefused>> {
  const without = await listWithout(transaction, channelKeys, name);
  if (without.length === 0) return success([]);
  if (without.some((channel) => channel.tags >= MAX_TAGS_OF_CHANNEL)) {
    return failure("tooManyTagsOfChannel");
  }
  if (others !== null) {
    if (others >= MAX_TAGS) return failure("tooManyTags");
    await transaction.insert(tags).values({ name });
  }
  const keys = without.map(({ key }) => key);
  await transaction.execute(sql`
    insert into channel_tags (channel_key, tag)
    select key, ${name} from unnest(${sql.param(keys)}::integer[]) as key`);
  return success(keys);
}

type Untagged = { readonly key: number; readonly tags: number };

/** Lists the channels without this tag, with the number of their tags. */
async function listWithout(
  transaction: Transaction,
  channelKeys: readonly number[],
  name: string,
): Promise<readonly Untagged[]> {
  const { rows } = await transaction.execute<Untagged>(sql`
    select key, (select count(*)::integer from channel_tags where channel_key = key) as tags
    from channels
    where key = any(${sql.param([...channelKeys])}::integer[])
      and not exists (select from channel_tags where channel_key = key and tag = ${name})`);
  return rows;
}

async function removeTag(
  transaction: Transaction,
  channelKeys: readonly number[],
  name: string,
): Promise<readonly number[]> {
  const { rows } = await transaction.execute<{ key: number }>(sql`
    delete from channel_tags
    where channel_key = any(${sql.param([...channelKeys])}::integer[]) and tag = ${name}
    returning channel_key as key`);
  const isUsed = sql`exists (select from channel_tags where channel_tags.tag = ${tags.name})`;
  if (rows.length > 0) {
    await transaction.delete(tags).where(sql`${tags.name} = ${name} and not ${isUsed}`);
  }
  return rows.map(({ key }) => key);
}
