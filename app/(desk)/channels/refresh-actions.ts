"use server";

import { z } from "zod";
import { shownFields } from "@/lib/auth/fields";
import type { Deferred } from "@/lib/call-action";
import { KEPT_FIELDS } from "@/lib/channels/believed";
import { isAbsent } from "@/lib/channels/read-channels";
import { flushSightings, rememberGone, rememberSeen } from "@/lib/channels/sighting-queue";
import { chatClient } from "@/lib/chat";
import { listChannels } from "@/lib/chat-api/official-accounts";
import { env } from "@/lib/env";
import type { Failure } from "@/lib/failure";
import { guard } from "@/lib/http/guard";
import { failure, type Result, success } from "@/lib/result";

const refreshInput = z.strictObject({ app: z.string(), channelId: z.string().min(1).max(200) });

export type RefreshInput = z.input<typeof refreshInput>;

const refreshed = guard({
  permission: "channels",
  limit: "lookup",
  audit: {
    action: "channel",
    about: ({ app: slug, channelId }) => ({ app: slug, target: channelId }),
  },
  input: refreshInput,
  async run({ app: slug, channelId }, user, note) {
    const client = chatClient(slug);
    if (!client) return failure("unknownApp");
    const shown = shownFields(env().fieldPolicy, user.role);
    const fields = KEPT_FIELDS.filter((field) => shown.includes(field));
    note({ fields });
    const options = { priority: "interactive", person: user.id } as const;
    const [read] = await listChannels(client, [channelId], fields, options);
    if (!read) throw new Error("Every id that is asked for has its answer.");
    if (isAbsent(read)) rememberGone(slug, [channelId], new Date());
    else if ("error" in read) throw read.error;
    else rememberSeen(slug, [read.channel], new Date());
    await flushSightings();
    note({ rows: "channel" in read ? 1 : 0 });
    return success({ unreadable: "channel" in read ? (read.channel.unreadable?.length ?? 0) : 0 });
  },
});

/** What a refresh could not read: the number of values. Those that were known before stay. */
export type Refreshed = { readonly unreadable: number };

/** Reads one channel from the vendor now. */
export async function refreshChannel(
  input: RefreshInput,
): Promise<Deferred<Result<Refreshed, Failure>>> {
  return { answer: refreshed(input) };
}
