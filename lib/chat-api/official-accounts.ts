import type { CallOptions, ChatClient } from "./client";
import { ANSWER_TOO_LARGE, ChatApiError } from "./errors";
import type { Channel, ChannelField, Field, SubscriptionPage } from "./types";
import { channelFilter, parseAnswer, readRow, subscriptionFilter, WIRE } from "./wire";

const SERVICE = "official_account_open_http_svc";

/** Maximum number of rows in one answer of the list call. */
export const MAX_LIMIT = 200;

/** Maximum number of IDs in one call for channels. */
export const MAX_CHANNEL_IDS = 50;

type SubscriptionPageRequest = {
  readonly subscriberId: string;
  /** The fields to request. Absent: all. */
  readonly fields?: readonly Field[];
  /** All fields that may be requested, so that no other field replaces an empty group. */
  readonly readable?: readonly Field[];
  readonly offset: number;
  /** 1 to 200. The API may return fewer: continue at `nextOffset`, never at offset + limit. */
  readonly limit: number;
};

/**
 * Reads one page of the channels that a subscriber follows (get_subscribed_official_account_list). Where
 * the vendor says that the answer would be too large, it asks for half as many rows, and again.
 * A subscriber the app does not know looks like one who follows nothing: ask `checkAccounts`.
 *
 * @throws ChatApiError
 */
export async function getSubscriptionPage(
  client: ChatClient,
  request: SubscriptionPageRequest,
  options: CallOptions,
): Promise<SubscriptionPage> {
  for (let { limit } = request; ; limit = Math.ceil(limit / 2)) {
    try {
      return await readPage(client, { ...request, limit }, options);
    } catch (error) {
      const isTooLarge = error instanceof ChatApiError && error.code === ANSWER_TOO_LARGE;
      if (!isTooLarge || limit <= 1) throw error;
    }
  }
}

async function readPage(
  client: ChatClient,
  { subscriberId, fields, readable, offset, limit }: SubscriptionPageRequest,
  options: CallOptions,
): Promise<SubscriptionPage> {
  const answer = await client.call(
    `${SERVICE}/get_subscribed_official_account_list`,
    {
      Subscriber_Account: subscriberId,
      Limit: limit,
      Offset: offset,
      ...(fields && {
        ResponseFilter: {
          OfficialAccountBaseInfoFilter: channelFilter(fields, readable),
          SelfInfoFilter: subscriptionFilter(fields, readable),
        },
      }),
    },
    options,
  );
  const wire = parseAnswer(WIRE.subscriptionPage, answer);
  const rows = wire.OfficialAccountInfoList ?? [];
  if (rows.length > limit) {
    throw new ChatApiError({
      kind: "malformed",
      info: `The response has ${rows.length} channels, but at most ${limit} were requested.`,
    });
  }
  const complete = wire.CompleteFlag !== 0;
  if (complete && rows.length === 0 && offset === 0 && wire.TotalCount > 0) {
    throw new ChatApiError({
      kind: "malformed",
      info: `The response reports ${wire.TotalCount} channels and a complete list, but has no channels.`,
    });
  }
  const subscriptions = rows.flatMap((row) => readRow(row, fields) ?? []);
  return {
    subscriptions,
    unreadableRows: rows.length - subscriptions.length,
    limit,
    total: wire.TotalCount,
    nextOffset: complete ? null : followingOffset(offset, rows.length, wire.Next ?? 0),
  };
}

/** The API's Next. If it does not advance, the number of received rows is used. */
function followingOffset(offset: number, rowCount: number, next: number): number {
  if (next > offset) return next;
  if (rowCount > 0) return offset + rowCount;
  throw new ChatApiError({
    kind: "malformed",
    info: `The list is incomplete, but the response at offset ${offset} has neither rows nor a next offset.`,
  });
}

/** The API's answer for one channel: the channel, or why there is none (130004: deleted). */
export type ChannelAnswer =
  | { readonly channelId: string; readonly channel: Channel }
  | { readonly channelId: string; readonly error: ChatApiError };

/**
 * Reads channels by id (get_official_account_info), 50 a call, in the order of the ids.
 * An id that fails does not fail the others.
 *
 * @param fields one at least
 * @throws ChatApiError when a whole call fails
 */
export async function listChannels(
  client: ChatClient,
  channelIds: readonly string[],
  fields: readonly ChannelField[],
  options: CallOptions,
): Promise<ChannelAnswer[]> {
  const calls = slices(channelIds, MAX_CHANNEL_IDS);
  return (await Promise.all(calls.map((ids) => readChannels(client, ids, fields, options)))).flat();
}

/** Splits a list into parts of this size at most. */
export function slices<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

async function readChannels(
  client: ChatClient,
  channelIds: readonly string[],
  fields: readonly ChannelField[],
  options: CallOptions,
): Promise<ChannelAnswer[]> {
  const answer = await client.call(
    `${SERVICE}/get_official_account_info`,
    {
      OfficialAccountIdList: channelIds.map((channelId) => ({ Official_Account: channelId })),
      ResponseFilter: { OfficialAccountBaseInfoFilter: channelFilter(fields, fields) },
    },
    options,
  );
  const { OfficialAccountInfoList: rows } = parseAnswer(WIRE.channelList, answer);
  const rowOf = new Map(rows.map((row) => [readRow(row, [])?.channelId, row]));
  return channelIds.map((channelId) => {
    try {
      return { channelId, channel: readChannel(rowOf.get(channelId), fields) };
    } catch (error) {
      if (error instanceof ChatApiError) return { channelId, error };
      throw error;
    }
  });
}

function readChannel(wire: unknown, fields: readonly ChannelField[]): Channel {
  const channel = readRow(wire, fields);
  if (!channel) {
    const info = "The response is missing this channel.";
    throw new ChatApiError({ kind: "malformed", info });
  }
  const { ErrorCode: code, ErrorInfo: info } = parseAnswer(WIRE.channelStatus, wire);
  if (code) throw new ChatApiError({ kind: "rejected", code, info: info ?? "" });
  return channel;
}

const MAX_USER_IDS = 100;

/**
 * Returns which of these user IDs exist in the app (account_check), 100 per call.
 *
 * @throws ChatApiError
 */
export async function checkAccounts(
  client: ChatClient,
  userIds: readonly string[],
  options: CallOptions,
): Promise<ReadonlySet<string>> {
  const calls = slices(userIds, MAX_USER_IDS).map((ids) => existing(client, ids, options));
  return new Set((await Promise.all(calls)).flat());
}

async function existing(
  client: ChatClient,
  userIds: readonly string[],
  options: CallOptions,
): Promise<string[]> {
  const answer = await client.call(
    "im_open_login_svc/account_check",
    { CheckItem: userIds.map((userId) => ({ UserID: userId })) },
    options,
  );
  const { ResultItem: items } = parseAnswer(WIRE.accountList, answer);
  const byId = new Map(items.map((item) => [item.UserID, item]));
  return userIds.filter((userId) => {
    const item = byId.get(userId);
    if (item?.ResultCode) {
      const info = item.ResultInfo ?? "";
      throw new ChatApiError({ kind: "rejected", code: item.ResultCode, info });
    }
    if (!item?.AccountStatus) {
      throw new ChatApiError({ kind: "malformed", info: "The response is missing a user ID." });
    }
    return item.AccountStatus === "Imported";
  });
}
