import type { CallOptions, ChatClient } from "@/lib/chat-api/client";
import { ChatApiError, describeCode } from "@/lib/chat-api/errors";
import { type ChannelAnswer, listChannels } from "@/lib/chat-api/official-accounts";
import { STORED_FIELDS } from "../observations/observe";

/** The API accepts this many ids in one call. */
export const IDS_A_CALL = 50;

/** Parallel calls. */
const PARALLEL = 8;

/** The channel does not exist, or was terminated. */
const NO_SUCH_CHANNEL = 130_004;

/** The answer about a channel, or why the whole call failed. */
export type ReadChannel =
  | ChannelAnswer
  | { readonly channelId: string; readonly callError: ChatApiError };

/**
 * Reads the stored fields of channels, in the order of the ids. A failed call does not fail the others. A
 * call that fails because of its ids is split, so that one id does not fail the others.
 */
export async function readChannels(
  client: ChatClient,
  channelIds: readonly string[],
  options: CallOptions,
): Promise<ReadChannel[]> {
  const reads: ReadChannel[][] = [];
  for (const some of slices(channelIds, IDS_A_CALL * PARALLEL)) {
    const calls = slices(some, IDS_A_CALL).map((ids) => readCall(client, ids, options));
    reads.push(...(await Promise.all(calls)));
  }
  return reads.flat();
}

/** Returns whether the channel does not exist, or no longer. */
export function isAbsent(read: ReadChannel): boolean {
  return "error" in read && read.error.code === NO_SUCH_CHANNEL;
}

function slices<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

async function readCall(
  client: ChatClient,
  channelIds: readonly string[],
  options: CallOptions,
): Promise<ReadChannel[]> {
  try {
    return await listChannels(client, channelIds, STORED_FIELDS, options);
  } catch (error) {
    if (!(error instanceof ChatApiError)) throw error;
    if (!isAboutIds(error)) return channelIds.map((channelId) => ({ channelId, callError: error }));
    if (channelIds.length === 1) return channelIds.map((channelId) => ({ channelId, error }));
    const middle = Math.ceil(channelIds.length / 2);
    const halves = [channelIds.slice(0, middle), channelIds.slice(middle)];
    return (await Promise.all(halves.map((half) => readCall(client, half, options)))).flat();
  }
}

function isAboutIds({ code }: ChatApiError): boolean {
  return code !== null && describeCode(code)?.fixer === "asker";
}
