import { and, eq, inArray, type SQLWrapper } from "drizzle-orm";
import { channels } from "@/lib/db/channel-schema";
import type { Store } from "@/lib/db/store";
import { wanted } from "./directory-conditions";
import { NEAR } from "./directory-limits";
import { keysInOrder, readFirstPlaces, sum, totalOf } from "./directory-places";
import { type DirectoryQuery, type DirectoryRange, MOST_CHOICES } from "./directory-query";
import { readKnownChannels } from "./directory-rows";
import { bandsOf } from "./directory-silence";
import { channelsOf, inSlices, sizeOf } from "./directory-slices";
import { readPlacesAround } from "./directory-stretch";
import { type Sums, SumsByValue } from "./directory-sums";
import type { KnownChannel } from "./known-channel";
import { refreshStateOf } from "./refresh-state";

export type DirectoryPage = {
  readonly channels: readonly KnownChannel[];
  /** How many are wanted in all. */
  readonly total: number;
  /** Where the page begins: the last one, where there are no channels so far on. */
  readonly offset: number;
  /** Of the view "silent" only. */
  readonly bands: readonly SilentBand[] | null;
};

/**
 * A page of the channels that are wanted. They are found slice by slice, so that the embedded store never
 * holds up the server: what changes meanwhile may be in it as it was or as it is.
 */
export async function readDirectoryPage(
  store: Store,
  query: DirectoryQuery,
  range: DirectoryRange,
  now: Date,
): Promise<DirectoryPage> {
  const bands = query.view === "silent" ? bandsOf(query, now) : null;
  const sought = { condition: wanted({ ...query, band: null }, now), bands };
  const { limit } = range;
  const end = range.offset + limit;
  const places = await (end <= NEAR
    ? readFirstPlaces(store, query, sought, end)
    : readPlacesAround(store, query, sought, range));
  const total = totalOf(places, bands);
  const offset = Math.min(range.offset, Math.max(0, Math.ceil(total / limit) - 1) * limit);
  const keys = await keysInOrder(places, query.sorts, { offset: offset - places.before, limit });
  return {
    channels: await inThisOrder(store, keys, query.userId),
    ...{ total, offset },
    bands: bands && bandsWith(query, places.counts),
  };
}

/** The first of the channels that are wanted, in their order. */
export async function listKnownChannels(
  store: Store,
  query: DirectoryQuery,
  limit: number,
  now: Date,
): Promise<readonly KnownChannel[]> {
  return (await readDirectoryPage(store, query, { offset: 0, limit }, now)).channels;
}

async function inThisOrder(
  store: Store,
  keys: readonly number[],
  userId: string,
): Promise<KnownChannel[]> {
  const found = await readKnownChannels(store, inArray(channels.key, [...keys]), userId);
  const channelOf = new Map(found.map((channel) => [channel.key, channel]));
  return keys.flatMap((key) => channelOf.get(key) ?? []);
}

/** How many channels are wanted. */
export async function countKnownChannels(
  store: Store,
  query: DirectoryQuery,
  now: Date,
): Promise<number> {
  const condition = wanted(query, now);
  const counts = await inSlices(store, query.app, (slice) => {
    const isWanted = condition(slice);
    const size = isWanted === undefined ? sizeOf(slice) : null;
    return size === null
      ? store.$count(channels, and(channelsOf(slice), isWanted))
      : Promise.resolve(size);
  });
  return sum(counts);
}

/** Channels that have been silent for at least so many days, and for less than those of the next band. */
export type SilentBand = { readonly days: number | "never"; readonly count: number };

/** How many of the channels are in each band of silence, whichever band is asked for. */
export async function listBands(
  store: Store,
  query: DirectoryQuery,
  now: Date,
): Promise<SilentBand[]> {
  const condition = wanted({ ...query, view: "silent", band: null }, now);
  const sought = { condition, bands: bandsOf(query, now) };
  const { counts } = await readFirstPlaces(store, { app: query.app, sorts: [] }, sought, 0);
  return bandsWith(query, counts);
}

function bandsWith(
  { silentDays }: Pick<DirectoryQuery, "silentDays">,
  counts: readonly number[],
): SilentBand[] {
  return counts.map((count, band) => ({ days: silentDays[band] ?? "never", count }));
}

export type DirectoryGroups = {
  /** Those with the most subscribers first. */
  readonly groups: readonly Sums[];
  /** How many groups there are. */
  readonly total: number;
};

/** Groups of the channels that are wanted, from a place in their order on. */
export async function listGroups(
  store: Store,
  query: DirectoryQuery,
  by: "organization" | "ownerId",
  range: DirectoryRange,
  now: Date,
): Promise<DirectoryGroups> {
  const condition = wanted(query, now);
  const sums = new SumsByValue();
  await inSlices(store, query.app, (slice) =>
    sums.addChannels(store, channels[by], and(channelsOf(slice), condition(slice))),
  );
  return { groups: await sums.by("subscribers", range), total: sums.size };
}

export type DirectoryChoice = { readonly value: string | null; readonly count: number };

/**
 * What can be chosen of a column, and how many of the channels have it that are wanted whatever is
 * chosen of it now; the most frequent first.
 */
export async function listChoices(
  store: Store,
  query: DirectoryQuery,
  column: "ownerId" | "organization" | "refreshState" | "tags",
  now: Date,
): Promise<DirectoryChoice[]> {
  const filters = { ...query.filters, [column]: undefined };
  const condition = wanted({ ...query, filters }, now);
  const sums = new SumsByValue();
  await inSlices(store, query.app, (slice) => {
    const isWanted = and(channelsOf(slice), condition(slice));
    return column === "tags"
      ? sums.addTags(store, slice, isWanted)
      : sums.countChannels(store, choiceOf(column, now), isWanted);
  });
  const first = await sums.by("channels", { offset: 0, limit: MOST_CHOICES });
  return first.map(({ value, channels: count }) => ({ value, count }));
}

function choiceOf(column: "ownerId" | "organization" | "refreshState", now: Date): SQLWrapper {
  return column === "refreshState" ? refreshStateOf(now) : channels[column];
}

/** The channel of an app with this id; null if the desk has never met it. */
export async function findKnownChannel(
  store: Store,
  app: string,
  channelId: string,
  userId: string,
): Promise<KnownChannel | null> {
  // An id that no database holds is nobody's.
  if (channelId.includes("\0")) return null;
  const isIt = and(eq(channels.app, app), eq(channels.channelId, channelId));
  const [channel] = await readKnownChannels(store, isIt, userId);
  return channel ?? null;
}
