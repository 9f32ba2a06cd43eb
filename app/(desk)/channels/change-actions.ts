"use server";

import { getTranslations } from "next-intl/server";
import { z } from "zod";
import type { AuditAction } from "@/lib/audit/event";
import type { Deferred } from "@/lib/call-action";
import { STORED_FIELDS } from "@/lib/channels/observations/observe";
import type { RefreshSettings } from "@/lib/channels/refresh/schedule";
import { setTag, setTagPeriod, TAG_MINUTES, type TagsRefused } from "@/lib/channels/tags";
import {
  type AddedChannel,
  addChannels as addKnownChannels,
  distinctIds,
  keysOf,
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
const tagInput = z.strictObject({ app, channelIds, tag: text, tagged: z.boolean() });
const periodInput = z.strictObject({
  tag: text,
  minutes: z.number().int().min(TAG_MINUTES.least).max(TAG_MINUTES.most).nullable(),
});

export type WatchInput = z.input<typeof watchInput>;
export type TagInput = z.input<typeof tagInput>;
/** The reason that a change is refused. */
export type Refused =
  | ("unknownChannel" | "unknownTag" | "badPeriod" | "tooManyWatches")
  | TagsRefused;

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

const changes = { permission: "channels", limit: "note" } as const;

// Two guards, because the audit log has two actions.
const watch = watchGuard("channels.watch");
const unwatch = watchGuard("channels.unwatch");

function watchGuard(action: AuditAction) {
  return guardAction({
    ...changes,
    audit: {
      action,
      changes: true,
      about: ({ isTeam, ...about }) => ({
        ...aboutChannels(about),
        reason: isTeam ? "team" : null,
      }),
    },
    input: watchInput,
    run: ({ isTeam, watched, ...about }, { id: userId }, note) =>
      changeChannels(about, note, (db, channelKeys, settings) =>
        setWatched(db, { channelKeys, userId, isTeam, watched }, settings),
      ),
  });
}

/** Adds or removes watches of the person or the team. */
export async function watchChannels(input: WatchInput): Promise<Deferred<Change>> {
  return (input?.watched ? watch : unwatch)(input);
}

/** Adds a tag to channels, or removes it from them. */
export const tagChannels = guardAction({
  ...changes,
  audit: {
    action: "channels.tag",
    changes: true,
    about: ({ tag, tagged, ...about }) => ({
      ...aboutChannels(about),
      reason: `${tagged ? "+" : "−"} ${tag}`,
    }),
  },
  input: tagInput,
  run: ({ tag: name, tagged, ...about }, _, note) =>
    changeChannels(about, note, (db, channelKeys, settings) =>
      setTag(db, { channelKeys, name, tagged }, settings),
    ),
});

/** Changes those of the channels that the desk knows, and returns the IDs of the changed ones. */
async function changeChannels(
  { app: slug, channelIds: ids }: AboutChannels,
  note: (details: { readonly rows: number }) => void,
  change: (
    db: Database,
    keys: readonly number[],
    settings: RefreshSettings,
  ) => Promise<Result<readonly number[], Refused>>,
): Promise<Result<Result<string[], Refused>, never>> {
  const db = await database();
  const keyOf = await keysOf(db, slug, ids);
  if (keyOf.size === 0) return success(failure("unknownChannel"));
  const settings = { refreshMinutes: env().refreshMinutes, now: new Date() };
  const changed = await change(db, [...keyOf.values()], settings);
  note({ rows: changed.ok ? changed.value.length : 0 });
  if (!changed.ok) return success(changed);
  const keys = new Set(changed.value);
  return success(success([...keyOf].flatMap(([id, key]) => (keys.has(key) ? [id] : [])).sort()));
}

/** Sets the refresh period of watched channels with a tag; null for the default. */
export const changeTagPeriod = guardAction({
  ...changes,
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

function aboutChannels({ app: slug, channelIds: ids }: AboutChannels) {
  return { app: slug, target: summaryOf(ids) };
}

/** Returns the first id and the number of the others. */
function summaryOf(ids: readonly string[]): string {
  const [first = "", ...others] = ids;
  return others.length === 0 ? first : `${first} +${others.length}`;
}
