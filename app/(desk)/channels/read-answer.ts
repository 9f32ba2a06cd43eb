import "server-only";
import {
  countKnownChannels,
  listBands,
  listGroups,
  readDirectoryPage,
} from "@/lib/channels/directory";
import type { DirectoryQuery, DirectoryRange } from "@/lib/channels/directory-query";
import { latestSample, readSampleUntil } from "@/lib/channels/sample";
import { readTrends } from "@/lib/channels/trends";
import type { Store } from "@/lib/db/store";
import type { DirectoryAnswer, DirectoryGroup } from "./directory-answer";
import { directoryRow } from "./directory-row";
import { directoryQuery, isAllowed, type Shown } from "./field-rules";
import type { DirectoryParams, GroupId } from "./search-params";

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
    trends: await readTrends(store, keys, now),
    ...{ groups: null, total, offset, known, bands, readAt: now },
    sampleUntil: latestSample(channels.map(({ sampleUntil }) => sampleUntil)),
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
    sampleUntil: await readSampleUntil(store, query.app, [query], now),
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
