import { findChannel } from "./catalogue";
import { isThere, type Moment } from "./channel";
import type { Command } from "./command";
import { errorInfo } from "./error-codes";
import { askedFields } from "./filters";
import { isJsonObject, type JsonObject } from "./json";
import { Refusal } from "./refusal";
import { BASE_FIELDS, channelRow } from "./rows";

const MOST_IDS = 50;

/** get_official_account_info: channels by id, with an ErrorCode for each of them. */
export const channelInfo: Command = (body, moment) => {
  const fields = askedFields(body.ResponseFilter, "OfficialAccountBaseInfoFilter", BASE_FIELDS);
  const ids = parseIds(body.OfficialAccountIdList);
  return {
    fields: { OfficialAccountInfoList: ids.map((id) => entry(id, fields, moment)) },
  };
};

function entry(id: string, fields: readonly string[], moment: Moment): JsonObject {
  if (!/^@TOA#_[\x20-\x7e]{1,42}$/.test(id)) return failed(id, 130007);
  const channel = findChannel(id);
  if (channel === null || !isThere(channel, moment.now)) return failed(id, 130004);
  return { ErrorCode: 0, ErrorInfo: "", ...channelRow(channel, fields, moment) };
}

function failed(id: string, code: number): JsonObject {
  return { ErrorCode: code, ErrorInfo: errorInfo(code), Official_Account: id };
}

function parseIds(list: unknown): string[] {
  if (!Array.isArray(list) || list.length === 0 || list.length > MOST_IDS) {
    throw new Refusal(6017, `OfficialAccountIdList should hold 1 to ${MOST_IDS} channels`);
  }
  return list.map((item) => {
    if (!isJsonObject(item) || item.Official_Account === undefined) {
      throw new Refusal(6017, "each channel should be an object with Official_Account");
    }
    if (typeof item.Official_Account !== "string") throw new Refusal(60015);
    return item.Official_Account;
  });
}
