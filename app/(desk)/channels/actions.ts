"use server";

import { z } from "zod";
import { shownFields } from "@/lib/auth/fields";
import {
  countKnownChannels,
  type DirectoryChoice,
  findKnownChannel,
  latestSample,
  listBands,
  listChoices,
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
  loadDirectoryParams,
  type Shown,
} from "@/lib/channels/directory/search-params";
import { readTrends } from "@/lib/channels/history/history";
import type { DirectoryQuery, DirectoryRange } from "@/lib/channels/known-channel";
import { STORED_FIELDS } from "@/lib/channels/observations/observe";
import {
  flushObservations,
  queueAbsences,
  queueObservations,
} from "@/lib/channels/observations/queue";
import { isAbsent } from "@/lib/channels/refresh/refresh";
import { listTags } from "@/lib/channels/tags";
import { chatAppLabel, chatClient } from "@/lib/chat";
import { listChannels } from "@/lib/chat-api/official-accounts";
import { type Database, database } from "@/lib/db/database";
import { env } from "@/lib/env";
import type { Failure } from "@/lib/failure";
import { guardAction } from "@/lib/http/guard";
import { failure, type Result, success } from "@/lib/result";
import {
  type ChannelAnswer,
  type DirectoryAnswer,
  type DirectoryGroup,
  directoryRow,
} from "./directory";

/** Longest query that is parsed. A request line has the same limit. */
const MAX_QUERY = 16_384;

const CHOICE_COLUMNS = ["ownerId", "organization", "refreshState", "tags", "watchedBy"] as const;

const query = z
  .string()
  .max(MAX_QUERY)
  .transform((text) => loadDirectoryParams(text));
const directoryInput = z.strictObject({ query, trends: z.boolean() });
const choicesInput = z.strictObject({ query, column: z.enum(CHOICE_COLUMNS) });
const channelInput = z.strictObject({ app: z.string(), channelId: z.string().min(1).max(200) });

export type DirectoryResult = Result<DirectoryAnswer, Failure>;
export type ChoicesInput = z.input<typeof choicesInput>;
export type ChoicesResult = Result<readonly DirectoryChoice[], Failure>;
export type ChannelResult = Result<ChannelAnswer, Failure>;

const access = { permission: "channels", limit: "note", audit: null } as const;

/** Reads one page of channels or groups for an address. */
export const readDirectory = guardAction({
  ...access,
  input: directoryInput,
  async run({ query: params, trends }, user) {
    const app = chatAppLabel(params.app);
    if (app === null) return failure("unknownApp");
    const shown = shownFields(env().fieldPolicy, user.role);
    const viewer = { app: app.slug, userId: user.id, shown };
    const allowed = allowedParams(params, shown);
    return success(await readAnswer(await database(), allowed, viewer, trends, new Date()));
  },
});

/** Reads the values of a column, among the channels of an address. */
export const readChoices = guardAction({
  ...access,
  input: choicesInput,
  async run({ query: params, column }, user) {
    const app = chatAppLabel(params.app);
    if (app === null) return failure("unknownApp");
    const shown = shownFields(env().fieldPolicy, user.role);
    if (!isAllowed(column, shown)) return failure("invalid");
    const allowed = allowedParams(params, shown);
    const filtered = directoryQuery(allowed, { app: app.slug, userId: user.id, shown });
    return success(await listChoices(await database(), filtered, column, new Date()));
  },
});

/** Reads one channel from the database. */
export const readChannel = guardAction({
  ...access,
  input: channelInput,
  async run({ app: slug, channelId }, user): Promise<Result<ChannelAnswer, "unknownApp">> {
    const app = chatAppLabel(slug);
    if (app === null) return failure("unknownApp");
    const [db, now] = [await database(), new Date()];
    const shown = shownFields(env().fieldPolicy, user.role);
    const found = await findKnownChannel(db, app.slug, channelId, user.id);
    const keys = found && isAllowed("trend", shown) ? [found.key] : [];
    const [trend = null] = [...(await readTrends(db, keys, now)).values()];
    const channel = found && directoryRow(found, shown, now);
    return success({ channel, trend, tags: await listTags(db), readAt: now });
  },
});

/** Reads one channel from the vendor. */
export const refreshChannel = guardAction({
  permission: "channels",
  limit: "lookup",
  audit: {
    action: "channel",
    about: ({ app: slug, channelId }) => ({ app: slug, target: channelId }),
  },
  input: channelInput,
  async run({ app: slug, channelId }, user, note) {
    const client = chatClient(slug);
    if (!client) return failure("unknownApp");
    const shown = shownFields(env().fieldPolicy, user.role);
    const fields = STORED_FIELDS.filter((field) => shown.includes(field));
    note({ fields });
    const options = { priority: "interactive", person: user.id } as const;
    const [read] = await listChannels(client, [channelId], fields, options);
    if (!read) throw new Error("The vendor answers each id.");
    if (isAbsent(read)) queueAbsences(slug, [channelId], new Date());
    else if ("error" in read) throw read.error;
    else queueObservations(slug, [read.channel], new Date());
    await flushObservations();
    note({ rows: "channel" in read ? 1 : 0 });
    return success({ unreadable: "channel" in read ? (read.channel.unreadable?.length ?? 0) : 0 });
  },
});

type Viewer = { readonly app: string; readonly userId: string; readonly shown: Shown };

/**
 * Reads one page for an address.
 *
 * @param params without fields that the role may not see
 * @param wantsTrends whether to read the daily counts
 */
async function readAnswer(
  db: Database,
  params: DirectoryParams,
  viewer: Viewer,
  wantsTrends: boolean,
  now: Date,
): Promise<DirectoryAnswer> {
  const query = directoryQuery(params, viewer);
  const range = { offset: params.offset, limit: params.size };
  const countAll = () => countKnownChannels(db, allChannels(query), now);
  if (params.group !== null) {
    return readGroups(db, query, params.group, { range, known: await countAll(), viewer, now });
  }
  const narrows = params.view !== "all" || isNarrowed(params);
  const [page, known] = await Promise.all([
    readDirectoryPage(db, query, range, now),
    narrows ? countAll() : null,
  ]);
  const { channels, total, offset, bands } = page;
  const keys =
    wantsTrends && isAllowed("trend", viewer.shown) ? channels.map(({ key }) => key) : [];
  return {
    rows: channels.map((channel) => directoryRow(channel, viewer.shown, now)),
    trends: await readTrends(db, keys, now),
    ...{ groups: null, total, offset, known: known ?? total, bands, readAt: now },
    sampleUntil: latestSample(channels.map(({ sampleUntil }) => sampleUntil)),
  };
}

type GroupsRequest = {
  readonly range: DirectoryRange;
  readonly known: number;
  readonly viewer: Viewer;
  readonly now: Date;
};

async function readGroups(
  db: Database,
  query: DirectoryQuery,
  by: GroupId,
  { range, known, viewer, now }: GroupsRequest,
): Promise<DirectoryAnswer> {
  const requested = await listGroups(db, query, by, range, now);
  const { total } = requested;
  const isPast = total > 0 && requested.groups.length === 0;
  // Returns the last page if the list has become shorter.
  const offset = isPast ? Math.floor((total - 1) / range.limit) * range.limit : range.offset;
  const { groups } = isPast
    ? await listGroups(db, query, by, { ...range, offset }, now)
    : requested;
  const bands = query.view === "silent" ? await listBands(db, query, now) : null;
  return {
    ...{ rows: [], trends: new Map(), total, offset, known, bands, readAt: now },
    groups: groups.map((group) => visibleGroup(group, viewer.shown)),
    sampleUntil: await readSampleUntil(db, query.app, [query], now),
  };
}

/** Returns the query for all channels of the app. */
function allChannels(query: DirectoryQuery): DirectoryQuery {
  return { ...query, view: "all", search: "", filters: {}, sorts: [], band: null };
}

function visibleGroup(group: DirectoryGroup, shown: Shown): DirectoryGroup {
  return isAllowed("subscriberCount", shown)
    ? group
    : { ...group, subscribers: null, changeWeek: null };
}
