import "server-only";
import type { SessionUser } from "@/lib/auth/current-user";
import { shownFields } from "@/lib/auth/fields";
import {
  countKnownChannels,
  lastPage,
  latestSample,
  listBands,
  listGroups,
  readDirectoryPage,
  readSampleUntil,
} from "@/lib/channels/directory/directory";
import {
  allowedParams,
  type DirectoryParams,
  directoryQuery,
  type GroupId,
  isAllowed,
  isNarrowed,
  type Shown,
} from "@/lib/channels/directory/search-params";
import { readTrends } from "@/lib/channels/history/history";
import type { DirectoryQuery } from "@/lib/channels/known-channel";
import { type ChatAppLabel, chatAppLabel } from "@/lib/chat";
import type { Database } from "@/lib/db/database";
import { env } from "@/lib/env";
import { type DirectoryAnswer, directoryRow } from "./directory";

/** An address of the list, as one person may read it. */
type DirectoryReading = {
  readonly app: ChatAppLabel;
  readonly shown: Shown;
  /** Without fields that the role may not see. */
  readonly params: DirectoryParams;
  readonly query: DirectoryQuery;
};

/** Returns what a person may read of an address; null for an unknown app. */
export function directoryReading(
  address: DirectoryParams,
  { id: userId, role }: SessionUser,
): DirectoryReading | null {
  const app = chatAppLabel(address.app);
  if (app === null) return null;
  const shown = shownFields(env().fieldPolicy, role);
  const params = allowedParams(address, shown);
  return { app, shown, params, query: directoryQuery(params, { app: app.slug, userId, shown }) };
}

/**
 * Reads one page for an address.
 *
 * @param wantsTrends whether to read the daily counts
 */
export async function readAnswer(
  db: Database,
  reading: DirectoryReading,
  wantsTrends: boolean,
  now: Date,
): Promise<DirectoryAnswer> {
  const { params, query, shown } = reading;
  const all = { ...query, view: "all", search: "", filters: {}, sorts: [], band: null } as const;
  const { group } = params;
  if (group !== null) {
    const known = await countKnownChannels(db, all, now);
    return { ...(await readGroups(db, group, reading, now)), known };
  }
  const range = { offset: params.offset, limit: params.size };
  const narrows = params.view !== "all" || isNarrowed(params);
  const [page, known] = await Promise.all([
    readDirectoryPage(db, query, range, now),
    narrows ? countKnownChannels(db, all, now) : null,
  ]);
  const { channels, total, offset, bands } = page;
  const keys = wantsTrends && isAllowed("trend", shown) ? channels.map(({ key }) => key) : [];
  return {
    rows: channels.map((channel) => directoryRow(channel, shown, now)),
    trends: await readTrends(db, keys, now),
    ...{ groups: null, total, offset, known: known ?? total, bands, readAt: now },
    sampleUntil: latestSample(channels.map(({ sampleUntil }) => sampleUntil)),
  };
}

async function readGroups(
  db: Database,
  by: GroupId,
  { params: { offset: first, size: limit }, query, shown }: DirectoryReading,
  now: Date,
) {
  const listFrom = (offset: number) => listGroups(db, query, by, { offset, limit }, now);
  const requested = await listFrom(first);
  const { total } = requested;
  const offset = Math.min(first, lastPage(total, limit));
  const { groups } = offset === first ? requested : await listFrom(offset);
  const hidden = isAllowed("subscriberCount", shown) ? {} : { subscribers: null, changeWeek: null };
  return {
    ...{ rows: [], trends: new Map(), total, offset, readAt: now },
    groups: groups.map((each) => ({ ...each, ...hidden })),
    bands: query.view === "silent" ? await listBands(db, query, now) : null,
    sampleUntil: await readSampleUntil(db, query.app, [query], now),
  };
}
