"use server";

import { getTranslations } from "next-intl/server";
import { z } from "zod";
import type { AuditAction } from "@/lib/audit/event";
import type { Deferred } from "@/lib/call-action";
import { listKnownChannels } from "@/lib/channels/directory/directory";
import { type KnownChannel, tagName } from "@/lib/channels/known-channel";
import { STORED_FIELDS } from "@/lib/channels/observations/observe";
import {
  MAX_TAGS_OF_CHANNEL,
  setTag,
  setTagPeriod,
  setTags,
  TAG_MINUTES,
  type TagsRefused,
} from "@/lib/channels/tags";
import {
  type AddedChannel,
  addChannels as addKnownChannels,
  distinctIds,
  MAX_ADDED,
  setWatched,
} from "@/lib/channels/watches";
import { chatClient } from "@/lib/chat";
import { describeCode } from "@/lib/chat-api/errors";
import { type Database, database } from "@/lib/db/database";
import { env } from "@/lib/env";
import type { Failure } from "@/lib/failure";
import { guardAction } from "@/lib/http/guard";
import { failure, type Result, success } from "@/lib/result";
import { foldedText } from "@/lib/subscriptions/folded-text";

/** The most channels of one change: the largest page. */
const MAX_CHANGED = 200;
/** Longest id or tag name. Further checks follow in lib/channels. */
const MAX_TEXT = 200;

const text = z.string().min(1).max(MAX_TEXT);
const app = z.string();
const channelIds = z.array(text).min(1).max(MAX_CHANGED);
const addInput = z.strictObject({
  app,
  ids: z
    .array(z.string().max(MAX_TEXT))
    .transform(distinctIds)
    .pipe(z.array(text).min(1).max(MAX_ADDED)),
});
const watchInput = z.strictObject({ app, channelIds, isTeam: z.boolean(), watched: z.boolean() });
const tags = z.array(z.string().max(MAX_TEXT)).max(MAX_TAGS_OF_CHANNEL);
const tagsInput = z.strictObject({ app, channelId: text, tags });
const tagInput = z.strictObject({ app, channelIds, tag: text, tagged: z.boolean() });
const periodInput = z.strictObject({
  tag: text,
  minutes: z.number().int().min(TAG_MINUTES.least).max(TAG_MINUTES.most).nullable(),
});

export type WatchInput = z.input<typeof watchInput>;
export type TagInput = z.input<typeof tagInput>;
/** The reason that a change is refused. */
export type Refused = "tooManyWatches" | TagsRefused | "unknownTag" | "badPeriod";

/** The ids of the changed channels, or the reason that none was changed. */
type Change = Result<Result<string[], Refused>, Failure>;

/** The result for one id, with the vendor's reason as text if its code is known. */
export type Added = AddedChannel & { readonly reason: string | null };

type AboutChannels = { readonly app: string; readonly channelIds: readonly string[] };

/** Reads channels by id and stores them. */
export const addChannels = guardAction({
  permission: "channels",
  limit: "lookup",
  audit: {
    action: "channels.add",
    changes: true,
    about: ({ app: slug, ids }) => ({ app: slug, target: summaryOf(ids), fields: STORED_FIELDS }),
  },
  input: addInput,
  async run({ app: slug, ids }, _, note) {
    const client = chatClient(slug);
    if (!client) return failure("unknownApp");
    const channels = await addKnownChannels(await database(), client, slug, ids, () => new Date());
    note({ rows: channels.filter(({ outcome }) => outcome === "added").length });
    const t = await getTranslations("failures");
    const reasonOf = (code: number | null) =>
      code !== null && describeCode(code) ? t(`codes.${code}` as "codes.6017") : null;
    return success(channels.map((channel) => ({ ...channel, reason: reasonOf(channel.code) })));
  },
});

// Two guards, because the audit log has two actions.
const watch = watchGuard("channels.watch");
const unwatch = watchGuard("channels.unwatch");

type Watched = Result<Result<string[], Refused>, never>;

function watchGuard(action: AuditAction) {
  return guardAction({
    permission: "channels",
    limit: "note",
    audit: { action, changes: true, about: aboutChannels },
    input: watchInput,
    async run({ app: slug, channelIds: ids, isTeam, watched }, user, note): Promise<Watched> {
      const [db, now] = [await database(), new Date()];
      note({ reason: isTeam ? "team" : null });
      const rows = await findRows(db, { app: slug, userId: user.id }, ids, now);
      const changed = await setWatched(
        db,
        { channelKeys: rows.map(({ key }) => key), userId: user.id, isTeam, watched },
        { refreshMinutes: env().refreshMinutes, now },
      );
      note({ rows: changed.ok ? changed.value : 0 });
      if (!changed.ok) return success(changed);
      const isOther = (row: KnownChannel) =>
        (isTeam ? row.watchedByTeam : row.watchedByMe) !== watched;
      return success(success(idsOf(rows.filter(isOther))));
    },
  });
}

/** Replaces the tags of one channel. */
export const setChannelTags = guardAction({
  permission: "channels",
  limit: "note",
  audit: {
    action: "channels.tag",
    changes: true,
    about: ({ app: slug, channelId, tags: names }) => ({
      ...{ app: slug, target: channelId },
      reason: names.join(", "),
    }),
  },
  input: tagsInput,
  async run({ app: slug, channelId, tags: names }, user): Promise<Tagged> {
    const [db, now] = [await database(), new Date()];
    const [row] = await findRows(db, { app: slug, userId: user.id }, [channelId], now);
    if (!row) return success(failure("unknownChannel"));
    const set = await setTags(db, row.key, names, { refreshMinutes: env().refreshMinutes, now });
    return success(set.ok ? success([channelId]) : set);
  },
});

type Tagged = Result<Result<string[], TagsRefused>, never>;

/** Adds a tag to channels, or removes it from them. */
export const tagChannels = guardAction({
  permission: "channels",
  limit: "note",
  audit: {
    action: "channels.tag",
    changes: true,
    about: ({ tag, tagged, ...channels }) => ({
      ...aboutChannels(channels),
      reason: `${tagged ? "+" : "−"} ${tag}`,
    }),
  },
  input: tagInput,
  async run({ app: slug, channelIds: ids, tag, tagged }, user, note): Promise<Tagged> {
    const [db, now] = [await database(), new Date()];
    const rows = await findRows(db, { app: slug, userId: user.id }, ids, now);
    const changed = await setTag(
      db,
      { channelKeys: rows.map(({ key }) => key), name: tag, tagged },
      { refreshMinutes: env().refreshMinutes, now },
    );
    note({ rows: changed.ok ? changed.value : 0 });
    if (!changed.ok) return success(changed);
    const isTagged = (row: KnownChannel) =>
      row.tags.some((other) => foldedText(other) === foldedText(tagName(tag) ?? tag));
    return success(success(idsOf(rows.filter((row) => isTagged(row) !== tagged))));
  },
});

/** Sets the refresh period of watched channels with a tag; null for the default. */
export const changeTagPeriod = guardAction({
  permission: "channels",
  limit: "note",
  audit: {
    action: "channels.changeTag",
    changes: true,
    about: ({ tag, minutes }) => ({
      target: tag,
      reason: minutes === null ? null : `${minutes} min`,
    }),
  },
  input: periodInput,
  async run({ tag, minutes }) {
    const settings = { refreshMinutes: env().refreshMinutes, now: new Date() };
    return success(await setTagPeriod(await database(), tag, minutes, settings));
  },
});

/** Adds or removes watches of the person or the team. */
export async function watchChannels(input: WatchInput): Promise<Deferred<Change>> {
  return (input?.watched ? watch : unwatch)(input);
}

function aboutChannels({ app: slug, channelIds: ids }: AboutChannels) {
  return { app: slug, target: summaryOf(ids) };
}

function idsOf(rows: readonly KnownChannel[]): string[] {
  return rows.map(({ channelId }) => channelId).sort();
}

/** Returns the first id and the number of the others. */
function summaryOf(ids: readonly string[]): string {
  const [first = "", ...others] = ids;
  return others.length === 0 ? first : `${first} +${others.length}`;
}

/** Finds the known channels with these ids, in no order. */
function findRows(
  db: Database,
  { app, userId }: { readonly app: string; readonly userId: string },
  ids: readonly string[],
  now: Date,
): Promise<readonly KnownChannel[]> {
  const query = {
    ...{ app, userId, view: "all" as const, search: "", sorts: [], silentDays: [], band: null },
    filters: { channelId: { op: "oneOf" as const, values: ids } },
  };
  return listKnownChannels(db, query, ids.length, now);
}
