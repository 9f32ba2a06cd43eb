import { asc, eq, sql } from "drizzle-orm";
import { channels, channelTags, tags } from "@/lib/db/channel-schema";
import type { Database, Transaction } from "@/lib/db/database";
import { failure, type Result, success } from "@/lib/result";
import { foldedText } from "@/lib/subscriptions/folded-text";
import { keepTerms, type RefreshTerms } from "./refresh-terms";
import { tagName } from "./tag-name";
import { forgetUnused, knownTags, lockTags } from "./tag-rows";

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
 * Gives a channel these tags and no others, makes right when it is refreshed, and gives their names. A
 * name that differs from a tag's only in case or width means that tag. A tag that no channel has any more
 * is forgotten, with its period.
 */
export async function setTags(
  db: Database,
  channelKey: number,
  names: readonly string[],
  terms: RefreshTerms,
): Promise<Result<string[], TagsRefused>> {
  const set = await db.transaction(async (transaction): Promise<Result<string[], TagsRefused>> => {
    await lockTags(transaction);
    const isIt = eq(channels.key, channelKey);
    if ((await transaction.$count(channels, isIt)) === 0) return failure("unknownChannel");
    const known = await knownTags(transaction);
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
    return success(chosen);
  });
  if (set.ok) await keepTerms(db, [channelKey], terms);
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
  await forgetUnused(transaction, left);
}

/** Says how often watched channels with a tag are refreshed; null: as those without one. */
export async function setTagPeriod(
  db: Database,
  name: string,
  minutes: number | null,
  terms: RefreshTerms,
): Promise<Result<null, "unknownTag" | "badPeriod">> {
  if (minutes !== null && !isPeriod(minutes)) return failure("badPeriod");
  const changed = await db
    .update(tags)
    .set({ refreshMinutes: minutes })
    .where(eq(tags.name, name))
    .returning({ name: tags.name });
  if (changed.length === 0) return failure("unknownTag");
  await keepTerms(db, await listTagged(db, name), terms);
  return success(null);
}

function isPeriod(minutes: number): boolean {
  return Number.isInteger(minutes) && minutes >= TAG_MINUTES.least && minutes <= TAG_MINUTES.most;
}

// In one list, because the embedded database takes several times as long to give as many rows.
async function listTagged(db: Database, name: string): Promise<readonly number[]> {
  const { rows } = (await db.execute(sql`
    select json_agg(channel_key) as keys from channel_tags where tag = ${name}`)) as unknown as {
    rows: { keys: number[] | null }[];
  };
  return rows[0]?.keys ?? [];
}
