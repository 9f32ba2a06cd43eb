"use server";

import { z } from "zod";
import { shownFields } from "@/lib/auth/fields";
import type { Deferred } from "@/lib/call-action";
import { type DirectoryChoice, findKnownChannel, listChoices } from "@/lib/channels/directory";
import { listTags } from "@/lib/channels/tags";
import { readTrends } from "@/lib/channels/trends";
import { chatAppLabels } from "@/lib/chat";
import { database } from "@/lib/db/database";
import { env } from "@/lib/env";
import type { Failure } from "@/lib/failure";
import { guard } from "@/lib/http/guard";
import { failure, type Result, success } from "@/lib/result";
import type { ChannelAnswer, DirectoryAnswer } from "./directory-answer";
import { directoryRow } from "./directory-row";
import { allowedParams, directoryQuery, isAllowed } from "./field-rules";
import { readAnswer } from "./read-answer";
import { loadDirectoryParams } from "./search-params";

/** Characters of the longest address that is read: as many as a request line has. */
const MAX_QUERY = 16_384;

const CHOICE_COLUMNS = ["ownerId", "organization", "refreshState", "tags"] as const;

const query = z
  .string()
  .max(MAX_QUERY)
  .transform((text) => loadDirectoryParams(text));
const directoryInput = z.strictObject({ query, trends: z.boolean() });
const choicesInput = z.strictObject({ query, column: z.enum(CHOICE_COLUMNS) });
const channelInput = z.strictObject({ app: z.string(), channelId: z.string().min(1).max(200) });

export type DirectoryInput = z.input<typeof directoryInput>;
export type DirectoryResult = Result<DirectoryAnswer, Failure>;
export type ChoicesInput = z.input<typeof choicesInput>;
export type ChoicesResult = Result<readonly DirectoryChoice[], Failure>;
export type ChannelInput = z.input<typeof channelInput>;
export type ChannelResult = Result<ChannelAnswer, Failure>;

const entrance = { permission: "channels", limit: "note", audit: null } as const;

const directoryRead = guard({
  ...entrance,
  input: directoryInput,
  async run({ query: given, trends }, user) {
    const app = appOf(given.app);
    if (app === null) return failure("unknownApp");
    const shown = shownFields(env().fieldPolicy, user.role);
    const viewer = { app, userId: user.id, shown };
    const params = allowedParams(given, shown);
    return success(await readAnswer(await database(), params, viewer, trends, new Date()));
  },
});

const choicesRead = guard({
  ...entrance,
  input: choicesInput,
  async run({ query: given, column }, user) {
    const app = appOf(given.app);
    if (app === null) return failure("unknownApp");
    const shown = shownFields(env().fieldPolicy, user.role);
    if (!isAllowed(column, shown)) return failure("invalid");
    const wanted = directoryQuery(allowedParams(given, shown), { app, userId: user.id, shown });
    return success(await listChoices(await database(), wanted, column, new Date()));
  },
});

const channelRead = guard({
  ...entrance,
  input: channelInput,
  async run({ app: asked, channelId }, user): Promise<Result<ChannelAnswer, "unknownApp">> {
    const app = appOf(asked);
    if (app === null) return failure("unknownApp");
    const [desk, now] = [await database(), new Date()];
    const shown = shownFields(env().fieldPolicy, user.role);
    const found = await findKnownChannel(desk, app, channelId, user.id);
    const keys = found && isAllowed("trend", shown) ? [found.key] : [];
    const [trend = null] = [...(await readTrends(desk, keys, now)).values()];
    const channel = found && directoryRow(found, shown, now);
    return success({ channel, trend, tags: await listTags(desk), readAt: now });
  },
});

/** Reads one page of the channels, or of the groups, that an address asks for. */
export async function readDirectory(input: DirectoryInput): Promise<Deferred<DirectoryResult>> {
  return { answer: directoryRead(input) };
}

/** Reads what can be chosen of a column, among the channels that an address asks for. */
export async function readChoices(input: ChoicesInput): Promise<Deferred<ChoicesResult>> {
  return { answer: choicesRead(input) };
}

/** Reads one channel from the desk's own database. */
export async function readChannel(input: ChannelInput): Promise<Deferred<ChannelResult>> {
  return { answer: channelRead(input) };
}

/** The slug of a configured app; that of the first where none is asked for. */
function appOf(asked: string | null): string | null {
  const apps = chatAppLabels();
  if (asked === null) return apps[0]?.slug ?? null;
  return apps.some(({ slug }) => slug === asked) ? asked : null;
}
