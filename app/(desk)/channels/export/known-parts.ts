import { inArray } from "drizzle-orm";
import { wanted } from "@/lib/channels/directory-conditions";
import { keysInOrder, readPlaces } from "@/lib/channels/directory-places";
import type { DirectoryQuery } from "@/lib/channels/directory-query";
import { readKnownChannels } from "@/lib/channels/directory-rows";
import type { KnownChannel } from "@/lib/channels/known-channel";
import { channels } from "@/lib/db/channel-schema";
import type { Store } from "@/lib/db/store";

/** Channels that are read at once: the embedded store is busy with them for all of that time. */
const AT_ONCE = 500;

/** The keys of all channels that are wanted, in their order. */
export async function keysOf(store: Store, query: DirectoryQuery, now: Date): Promise<number[]> {
  const places = await readPlaces(store, query, { condition: wanted(query, now), bands: null });
  return keysInOrder(places, query.sorts, { offset: 0, limit: places.keys.length });
}

/** These channels in this order, part by part; one that has been removed meanwhile is left out. */
export async function* partsOf(
  store: Store,
  keys: readonly number[],
  userId: string,
): AsyncGenerator<KnownChannel[], void> {
  for (let at = 0; at < keys.length; at += AT_ONCE) {
    const slice = keys.slice(at, at + AT_ONCE);
    const rows = await readKnownChannels(store, inArray(channels.key, slice), userId);
    const rowOf = new Map(rows.map((row) => [row.key, row]));
    yield slice.flatMap((key) => rowOf.get(key) ?? []);
  }
}
