"use server";

import { z } from "zod";
import { shownFields } from "@/lib/auth/fields";
import { findKnownChannel, listChoices } from "@/lib/channels/directory/directory";
import { isAllowed, loadDirectoryParams } from "@/lib/channels/directory/search-params";
import { readTrends } from "@/lib/channels/history/history";
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
import { database } from "@/lib/db/database";
import { env } from "@/lib/env";
import type { Failure } from "@/lib/failure";
import { guardAction } from "@/lib/http/guard";
import { failure, type Result, success } from "@/lib/result";
import { type ChannelAnswer, type DirectoryAnswer, directoryRow } from "./directory";
import { directoryReading, readAnswer } from "./directory-reading";

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

const access = { permission: "channels", limit: "note", audit: null } as const;

/** Reads one page of channels or groups for an address. */
export const readDirectory = guardAction({
  ...access,
  input: directoryInput,
  async run({ query: params, trends }, user) {
    const reading = directoryReading(params, user);
    if (reading === null) return failure("unknownApp");
    return success(await readAnswer(await database(), reading, trends, new Date()));
  },
});

/** Reads the values of a column, among the channels of an address. */
export const readChoices = guardAction({
  ...access,
  input: choicesInput,
  async run({ query: params, column }, user) {
    const reading = directoryReading(params, user);
    if (reading === null) return failure("unknownApp");
    if (!isAllowed(column, reading.shown)) return failure("invalid");
    return success(await listChoices(await database(), reading.query, column, new Date()));
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
