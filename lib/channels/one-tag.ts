import { sql } from "drizzle-orm";
import { tags } from "@/lib/db/channel-schema";
import type { Database, Transaction } from "@/lib/db/database";
import { failure, type Result, success } from "@/lib/result";
import { foldedText } from "@/lib/subscriptions/folded-text";
import { keepTerms, type RefreshTerms } from "./refresh-terms";
import { tagName } from "./tag-name";
import { forgetUnused, knownTags, lockTags } from "./tag-rows";
import { MAX_TAGS, MAX_TAGS_OF_CHANNEL, type TagsRefused } from "./tags";

export type TagChange = {
  /** At most 1,000. */
  readonly channelKeys: readonly number[];
  /** One that differs from a tag's only in case or width means that tag. */
  readonly name: string;
  readonly tagged: boolean;
};

/**
 * Gives channels a tag besides those they have, or takes it from them, and makes right when they are
 * refreshed; gives how many were changed. All are or, when it would be too many, none. A channel that does
 * not exist is left out, and a tag that no channel has any more is forgotten.
 */
export async function setTag(
  db: Database,
  { channelKeys, name, tagged }: TagChange,
  terms: RefreshTerms,
): Promise<Result<number, TagsRefused>> {
  const wanted = tagName(name);
  if (wanted === null) return failure("badTag");
  const changed = await db.transaction(async (transaction) => {
    await lockTags(transaction);
    const known = await knownTags(transaction);
    return tagged
      ? giveTag(transaction, channelKeys, wanted, known)
      : success(await takeTag(transaction, channelKeys, known.get(foldedText(wanted)) ?? wanted));
  });
  if (!changed.ok) return changed;
  await keepTerms(db, changed.value, terms);
  return success(changed.value.length);
}

async function giveTag(
  transaction: Transaction,
  channelKeys: readonly number[],
  wanted: string,
  known: ReadonlyMap<string, string>,
): Promise<Result<readonly number[], TagsRefused>> {
  const found = known.get(foldedText(wanted));
  const name = found ?? wanted;
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

/** Those of some channels that have not this tag, and how many others they have. */
async function listWithout(
  transaction: Transaction,
  channelKeys: readonly number[],
  name: string,
): Promise<readonly Untagged[]> {
  const { rows } = (await transaction.execute(sql`
    select key, (select count(*)::integer from channel_tags where channel_key = key) as tags
    from channels
    where key = any(${sql.param([...channelKeys])}::integer[])
      and not exists (select from channel_tags where channel_key = key and tag = ${name})`)) as unknown as {
    rows: Untagged[];
  };
  return rows;
}

async function takeTag(
  transaction: Transaction,
  channelKeys: readonly number[],
  name: string,
): Promise<readonly number[]> {
  const { rows } = (await transaction.execute(sql`
    delete from channel_tags
    where channel_key = any(${sql.param([...channelKeys])}::integer[]) and tag = ${name}
    returning channel_key as key`)) as unknown as { rows: { key: number }[] };
  await forgetUnused(transaction, rows.length > 0 ? [name] : []);
  return rows.map(({ key }) => key);
}
