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
import type { Database } from "@/lib/db/database";
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
  db: Database,
  params: DirectoryParams,
  viewer: Viewer,
  wantsTrends: boolean,
  now: Date,
): Promise<DirectoryAnswer> {
  const query = directoryQuery(params, viewer);
  const range = { offset: params.offset, limit: params.size };
  const known = await countKnownChannels(db, everyOne(query), now);
  if (params.group !== null)
    return readGroups(db, query, params.group, { range, known, viewer, now });
  const page = await readDirectoryPage(db, query, range, now);
  const { channels, total, offset, bands } = page;
  const keys =
    wantsTrends && isAllowed("trend", viewer.shown) ? channels.map(({ key }) => key) : [];
  return {
    rows: channels.map((channel) => directoryRow(channel, viewer.shown, now)),
    trends: await readTrends(db, keys, now),
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
  db: Database,
  query: DirectoryQuery,
  by: GroupId,
  { range, known, viewer, now }: GroupsAsked,
): Promise<DirectoryAnswer> {
  const asked = await listGroups(db, query, by, range, now);
  const { total } = asked;
  const isPast = total > 0 && asked.groups.length === 0;
  // Of a list that has become shorter, its last page.
  const offset = isPast ? Math.floor((total - 1) / range.limit) * range.limit : range.offset;
  const { groups } = isPast ? await listGroups(db, query, by, { ...range, offset }, now) : asked;
  const bands = query.view === "silent" ? await listBands(db, query, now) : null;
  return {
    ...{ rows: [], trends: new Map(), total, offset, known, bands, readAt: now },
    groups: groups.map((group) => seenGroup(group, viewer.shown)),
    sampleUntil: await readSampleUntil(db, query.app, [query], now),
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
