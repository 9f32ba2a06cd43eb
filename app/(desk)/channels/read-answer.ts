import "server-only";
import {
  countKnownChannels,
  listBands,
  listGroups,
  readDirectoryPage,
} from "@/lib/channels/directory";
import type { DirectoryQuery, DirectoryRange } from "@/lib/channels/directory-query";
import type { KnownChannel } from "@/lib/channels/known-channel";
import { readSampleUntil } from "@/lib/channels/sample";
import { readTrends, type Trend } from "@/lib/channels/trends";
import type { Store } from "@/lib/db/store";
import type { DirectoryAnswer, DirectoryGroup } from "./directory-answer";
import { directoryRow } from "./directory-row";
import { directoryQuery, isAllowed, type Shown } from "./field-rules";
import type { DirectoryParams, GroupId } from "./search-params";

/** Courses that one statement reads: each takes a look at thirty days. */
const TRENDS_AT_ONCE = 50;

type Viewer = { readonly app: string; readonly userId: string; readonly shown: Shown };

/**
 * What an address shows.
 *
 * @param params those that are allowed
 * @param wantsTrends the courses of the counts are shown
 */
export async function readAnswer(
  store: Store,
  params: DirectoryParams,
  viewer: Viewer,
  wantsTrends: boolean,
  now: Date,
): Promise<DirectoryAnswer> {
  const query = directoryQuery(params, viewer);
  const range = { offset: params.offset, limit: params.size };
  const known = await countKnownChannels(store, everyOne(query), now);
  if (params.group !== null)
    return readGroups(store, query, params.group, { range, known, viewer, now });
  const page = await readDirectoryPage(store, query, range, now);
  const { channels, total, offset, bands } = page;
  const keys =
    wantsTrends && isAllowed("trend", viewer.shown) ? channels.map(({ key }) => key) : [];
  return {
    rows: channels.map((channel) => directoryRow(channel, viewer.shown, now)),
    trends: await trendsOf(store, keys, now),
    ...{ groups: null, total, offset, known, bands, readAt: now },
    sampleUntil: latest(channels),
  };
}

type GroupsAsked = {
  readonly range: DirectoryRange;
  readonly known: number;
  readonly viewer: Viewer;
  readonly now: Date;
};

async function readGroups(
  store: Store,
  query: DirectoryQuery,
  by: GroupId,
  { range, known, viewer, now }: GroupsAsked,
): Promise<DirectoryAnswer> {
  const asked = await listGroups(store, query, by, range, now);
  const { total } = asked;
  const isPast = total > 0 && asked.groups.length === 0;
  // Of a list that has become shorter, its last page.
  const offset = isPast ? Math.floor((total - 1) / range.limit) * range.limit : range.offset;
  const { groups } = isPast ? await listGroups(store, query, by, { ...range, offset }, now) : asked;
  const bands = query.view === "silent" ? await listBands(store, query, now) : null;
  return {
    ...{ rows: [], trends: new Map(), total, offset, known, bands, readAt: now },
    groups: groups.map((group) => seenGroup(group, viewer.shown)),
    sampleUntil: await readSampleUntil(store, query, now),
  };
}

/** All that the desk knows of the app. */
function everyOne(query: DirectoryQuery): DirectoryQuery {
  return { ...query, view: "all", search: "", filters: {}, sorts: [], band: null };
}

function seenGroup(group: DirectoryGroup, shown: Shown): DirectoryGroup {
  return isAllowed("subscriberCount", shown)
    ? group
    : { ...group, subscribers: null, changeWeek: null };
}

export async function trendsOf(
  store: Store,
  keys: readonly number[],
  now: Date,
): Promise<ReadonlyMap<number, Trend>> {
  const trends = new Map<number, Trend>();
  for (let at = 0; at < keys.length; at += TRENDS_AT_ONCE) {
    const part = await readTrends(store, keys.slice(at, at + TRENDS_AT_ONCE), now);
    for (const [key, trend] of part) trends.set(key, trend);
  }
  return trends;
}

/** Until when some of what is known of these channels is sample data. */
function latest(channels: readonly KnownChannel[]): Date | null {
  const known = channels.flatMap(({ sampleUntil }) => (sampleUntil ? [sampleUntil.getTime()] : []));
  return known.length === 0 ? null : new Date(Math.max(...known));
}
