import { setImmediate } from "node:timers/promises";
import { type SQL, sql } from "drizzle-orm";
import type { Database, Transaction } from "@/lib/db/database";

/** How often a watched channel is refreshed that has no tag with a period, and what time it is. */
export type RefreshTerms = {
  readonly refreshMinutes: number;
  readonly now: Date;
};

/** Channels whose terms are made right together: the embedded database is busy with them for all of it. */
const SLICE = 200;

// Not "exists", for which all watches would be read with each slice.
const wantedMinutes = (refreshMinutes: number) => sql`
  case when (select true from watches where watches.channel_key = channels.key limit 1)
  then coalesce(
    (select min(tags.refresh_minutes) from channel_tags
      join tags on tags.name = channel_tags.tag where channel_tags.channel_key = channels.key),
    ${refreshMinutes}::integer
  ) end`;

// Where in its period a channel comes first, from 0 up to 1, the same on every database.
const DIGEST = sql`sha256(convert_to(app || ' ' || channel_id, 'UTF8'))`;
const SHARE = sql`(get_byte(${DIGEST}, 0) * 256 + get_byte(${DIGEST}, 1)) / 65536.0`;
const FIRST_SHARE = sql`case when counted_at is null then 0 else ${SHARE} end`;

/**
 * Takes the right to change how these channels are refreshed, until the transaction ends; gives the keys
 * of those that exist. Always in one order, so that two never wait for each other.
 */
export async function lockChannels(
  transaction: Transaction,
  keys: readonly number[],
): Promise<number[]> {
  const { rows } = (await transaction.execute(sql`
    select key from channels where key = any(${sql.param([...keys])}::integer[])
    order by key for no key update`)) as unknown as { rows: { key: number }[] };
  return rows.map(({ key }) => key);
}

/**
 * Makes right how often channels are refreshed, and when next: one that nobody watches any more, never;
 * one that was never counted, at once; any other within its period, each at its own time in it, or when
 * it would have been anyway, if that is sooner. A channel whose terms are right stays as it is.
 *
 * A slice at a time, each whole or not at all, and others have their turn between two. So what the terms
 * follow from is stored before it is called: then, of two changes at once, the later makes right what the
 * earlier has made of the terms, and what is broken off between two slices, `repairTerms` does.
 */
export async function keepTerms(
  db: Database,
  keys: readonly number[],
  terms: RefreshTerms,
): Promise<void> {
  for (let at = 0; at < keys.length; at += SLICE) {
    if (at > 0) await setImmediate();
    const slice = keys.slice(at, at + SLICE);
    await db.transaction(async (transaction) => {
      await keepTermsOfSlice(transaction, await lockChannels(transaction, slice), terms);
    });
  }
}

/**
 * The same for all channels, as the desk's own period may be another since it was started, and who
 * watched may have left. May be stopped between two slices.
 */
export async function repairTerms(
  db: Database,
  terms: RefreshTerms,
  signal: AbortSignal,
): Promise<void> {
  const { rows } = (await db.execute(sql`select max(key) as last from channels`)) as unknown as {
    rows: { last: number | null }[];
  };
  const last = rows[0]?.last ?? 0;
  for (let from = 0; from < last && !signal.aborted; from += SLICE) {
    const isOfSlice = sql`channels.key > ${from} and channels.key <= ${from + SLICE}`;
    const wrong = await listWrong(db, isOfSlice, terms.refreshMinutes);
    const keys = wrong.map(({ key }) => key);
    await keepTerms(db, keys, terms);
    await setImmediate();
  }
}

async function keepTermsOfSlice(
  transaction: Transaction,
  keys: readonly number[],
  { refreshMinutes, now }: RefreshTerms,
): Promise<void> {
  const isOfSlice = sql`channels.key = any(${sql.param([...keys])}::integer[])`;
  const wrong = await listWrong(transaction, isOfSlice, refreshMinutes);
  if (wrong.length === 0) return;
  await transaction.execute(sql`
    update channels set refresh_minutes = wanted.minutes,
      refresh_problem = case when wanted.minutes is null then null else refresh_problem end,
      refresh_due_at = case when wanted.minutes is not null then least(
        refresh_due_at,
        ${now.toISOString()}::timestamptz + wanted.minutes * ${FIRST_SHARE} * interval '1 minute'
      ) end
    from json_to_recordset(${JSON.stringify(wrong)}::json) as wanted(key integer, minutes integer)
    where channels.key = wanted.key`);
}

/** Those of some channels that are refreshed at another pace than they should be, with the right one. */
async function listWrong(
  db: Database | Transaction,
  which: SQL,
  refreshMinutes: number,
): Promise<{ key: number; minutes: number | null }[]> {
  const { rows } = (await db.execute(sql`
    select key, minutes from (
      select key, refresh_minutes, ${wantedMinutes(refreshMinutes)} as minutes
      from channels where ${which}
    ) as wanted where refresh_minutes is distinct from minutes`)) as unknown as {
    rows: { key: number; minutes: number | null }[];
  };
  return rows;
}
