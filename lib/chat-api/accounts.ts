import type { CallOptions, ChatClient } from "./client";
import { ChatApiError } from "./errors";
import { parseAnswer, WIRE } from "./wire";

/** Maximum number of IDs per call. */
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
  const calls: Promise<string[]>[] = [];
  for (let at = 0; at < userIds.length; at += MAX_USER_IDS) {
    calls.push(existing(client, userIds.slice(at, at + MAX_USER_IDS), options));
  }
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
