import { setImmediate } from "node:timers/promises";
import { asc, gt, inArray, sql } from "drizzle-orm";
import { recordset } from "@/lib/channels/sql";
import { channels, watches } from "@/lib/db/channel-schema";
import type { Database } from "@/lib/db/database";
import type { Digest } from "@/lib/env-services";
import { type Notice, noticesOf } from "./notices-of";

/** Channels of one statement: the embedded store is busy with it for all of its time. */
const SLICE = 100;

/**
 * Writes down what there is to tell of watched channels, each thing once. What was so before anybody
 * watched a channel is told too, once: whoever begins to watch it wants to know.
 */
export async function findNotices(
  db: Database,
  digest: Pick<Digest, "silentDays" | "movePercent">,
  now: Date,
): Promise<void> {
  let after: number | null = 0;
  while (after !== null) {
    const keys = await watchedAfter(db, after);
    const rows = keys.length > 0 ? await read(db, keys) : [];
    await add(
      db,
      rows.flatMap((row) => noticesOf(row, digest, now)),
      now,
    );
    after = keys.length === SLICE ? (keys.at(-1) ?? null) : null;
    // Others have their turn between two slices.
    await setImmediate();
  }
}

async function watchedAfter(db: Database, after: number): Promise<number[]> {
  const key = watches.channelKey;
  const rows = await db
    .selectDistinct({ key })
    .from(watches)
    .where(gt(key, after))
    .orderBy(asc(key))
    .limit(SLICE);
  return rows.map((row) => row.key);
}

function read(db: Database, keys: readonly number[]) {
  const { key, name, subscriberCount, countedAt, changeDay } = channels;
  const { lastMessageAt, lastMessageReadAt, firstSeenAt, goneAt } = channels;
  return db
    .select({
      ...{ key, name, subscriberCount, countedAt, changeDay },
      ...{ lastMessageAt, lastMessageReadAt, firstSeenAt, goneAt },
    })
    .from(channels)
    .where(inArray(key, [...keys]));
}

async function add(db: Database, found: readonly Notice[], now: Date): Promise<void> {
  if (found.length === 0) return;
  const shape = sql`"channelKey" integer, kind text, occasion text, detail jsonb`;
  // A jump shows in the figures for 24 hours, in which midnight does not make another one of it. They are
  // the hours before the count was read: in those after it was told it may still show.
  await db.execute(sql`
    insert into notices (channel_key, kind, occasion, detail, created_at)
    select "channelKey", kind, occasion, detail, ${now.toISOString()}::timestamptz
    from ${recordset("found", found, shape)}
    where not exists (select from notices as told
      where told.channel_key = found."channelKey" and told.kind = found.kind
        and (told.occasion = found.occasion or (found.kind = 'moved'
          and split_part(told.occasion, ' ', 2) = split_part(found.occasion, ' ', 2)
          and told.created_at > (found.detail ->> 'countedAt')::timestamptz - interval '24 hours')))
    on conflict do nothing`);
}
