import { asc, eq, inArray, sql } from "drizzle-orm";
import { channels, channelTags, tags } from "@/lib/db/channel-schema";
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

export type TagsRefused = "unknownChannel" | "badTag" | "tooManyTags" | "tooManyTagsOfChannel";

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

/**
 * Replaces the tags of a channel, updates its refresh period and returns the names. A name that differs
 * from a tag only in case or width means that tag. A tag without channels is deleted with its period.
 */
export async function setTags(
  db: Database,
  channelKey: number,
  names: readonly string[],
  settings: RefreshSettings,
): Promise<Result<string[], TagsRefused>> {
  const set = await db.transaction(async (transaction): Promise<Result<string[], TagsRefused>> => {
    await lockTags(transaction);
    const isIt = eq(channels.key, channelKey);
    if ((await transaction.$count(channels, isIt)) === 0) return failure("unknownChannel");
    const known = await knownTags(transaction);
    const named = new Map<string, string>();
    for (const text of names) {
      const name = tagName(text);
      if (name === null) return failure("badTag");
      const folded = foldedText(name);
      if (!named.has(folded)) named.set(folded, known.get(folded) ?? name);
    }
    const chosen = [...named.values()];
    if (chosen.length > MAX_TAGS_OF_CHANNEL) return failure("tooManyTagsOfChannel");
    const added = [...named].filter(([folded]) => !known.has(folded)).map(([, name]) => ({ name }));
    if (known.size + added.length > MAX_TAGS) return failure("tooManyTags");
    if (added.length > 0) await transaction.insert(tags).values(added);
    await replaceTags(transaction, channelKey, chosen);
    return success(chosen);
  });
  if (set.ok) await syncSchedule(db, [channelKey], settings);
  return set;
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
  await deleteUnused(transaction, left);
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
 * Adds a tag to channels or removes it, updates their refresh periods and returns the number of changed
 * channels. Changes all of them, or none beyond a limit. Skips channels that do not exist, and deletes a
 * tag without channels.
 */
export async function setTag(
  db: Database,
  { channelKeys, name, tagged }: TagChange,
  settings: RefreshSettings,
): Promise<Result<number, TagsRefused>> {
  const tag = tagName(name);
  if (tag === null) return failure("badTag");
  const changed = await db.transaction(async (transaction) => {
    await lockTags(transaction);
    const known = await knownTags(transaction);
    return tagged
      ? addTag(transaction, channelKeys, tag, known)
      : success(await removeTag(transaction, channelKeys, known.get(foldedText(tag)) ?? tag));
  });
  if (!changed.ok) return changed;
  await syncSchedule(db, changed.value, settings);
  return success(changed.value.length);
}

async function addTag(
  transaction: Transaction,
  channelKeys: readonly number[],
  tag: string,
  known: ReadonlyMap<string, string>,
): Promise<Result<readonly number[], TagsRefused>> {
  const found = known.get(foldedText(tag));
  const name = found ?? tag;
  const without = await listWithout(transaction, channelKeys, name);
  if (without.length === 0) return success([]);
  if (without.some((channel) => channel.tags >= MAX_TAGS_OF_CHANNEL)) {
    return failure("tooManyTagsOfChannel");
  }
  if (found === undefined) {
    if (known.size >= MAX_TAGS) return failure("tooManyTags");
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
  await deleteUnused(transaction, rows.length > 0 ? [name] : []);
  return rows.map(({ key }) => key);
}

/** Serializes changes. Concurrent changes could exceed the limits. */
async function lockTags(transaction: Transaction): Promise<void> {
  await transaction.execute(sql`lock table tags in share row exclusive mode`);
}

async function knownTags(transaction: Transaction): Promise<ReadonlyMap<string, string>> {
  const all = await transaction.select({ name: tags.name }).from(tags);
  return new Map(all.map(({ name }) => [foldedText(name), name]));
}

async function deleteUnused(transaction: Transaction, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const isUsed = sql`exists (select from channel_tags where channel_tags.tag = ${tags.name})`;
  await transaction.delete(tags).where(sql`${inArray(tags.name, [...names])} and not ${isUsed}`);
}
