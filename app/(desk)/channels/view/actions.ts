"use server";

import { z } from "zod";
import { shownFields } from "@/lib/auth/fields";
import { listKnownChannels } from "@/lib/channels/directory/directory";
import { chatAppLabels } from "@/lib/chat";
import { database } from "@/lib/db/database";
import { env } from "@/lib/env";
import { guardAction } from "@/lib/http/guard";
import { failure, success } from "@/lib/result";

const choiceInput = z.strictObject({ app: z.string(), search: z.string().max(200) });

/** A channel that can be compared. */
type Choice = { readonly channelId: string; readonly name: string | null };

/** The most suggestions. */
const SHOWN = 12;

/** Lists known channels by a part of a name or ID. */
export const listChannelChoices = guardAction({
  permission: "channels",
  limit: "note",
  audit: null,
  input: choiceInput,
  async run({ app, search }, user) {
    if (!chatAppLabels().some(({ slug }) => slug === app)) return failure("unknownApp");
    const mayName = shownFields(env().fieldPolicy, user.role).includes("name");
    const query = {
      ...{ app, search, userId: user.id },
      searched: mayName ? (["name", "channelId"] as const) : (["channelId"] as const),
      ...{ view: "all" as const, filters: {}, sorts: [], silentDays: [], band: null },
    };
    const found = await listKnownChannels(await database(), query, SHOWN, new Date());
    return success(
      found.map(({ channelId, name }): Choice => ({ channelId, name: mayName ? name : null })),
    );
  },
});
