import {
  type Channel,
  faceUrl,
  findChannel,
  isThere,
  lastMsgTime,
  type Moment,
  subscriberNum,
} from "./catalogue";
import type { Delivery } from "./faults";
import { readPage, type Subscription } from "./lists";
import { findPersona, listOf, type Persona } from "./personas";
import { errorInfo, isJsonObject, type JsonObject, Refusal } from "./refusal";

interface Circumstances extends Moment {
  /** Maximum number of rows per page, whatever Limit is. */
  readonly maxRows: number;
  /** Number of calls for a subscriber, including this one. */
  nextCall(subscriberId: string): number;
}

/** The fields of an answer besides the envelope, and how they are sent. */
export interface Answer {
  readonly fields: JsonObject;
  readonly finish?: (body: JsonObject) => JsonObject;
  readonly delivery?: Delivery;
}

/** A command of the API. Throws a Refusal for an answer with an ErrorCode. */
export type Command = (body: JsonObject, circumstances: Circumstances) => Answer;

/** Returns the fields of one ResponseFilter, or all without one. Refuses what is undocumented. */
function askedFields(
  responseFilter: unknown,
  filter: string,
  known: ReadonlyMap<string, unknown>,
): readonly string[] {
  if (responseFilter === undefined) return [...known.keys()];
  if (!isJsonObject(responseFilter)) throw new Refusal(6017, "ResponseFilter should be an object");
  const names = responseFilter[filter];
  if (names === undefined) return [...known.keys()];
  if (!Array.isArray(names) || names.length === 0) {
    throw new Refusal(6017, `${filter} should be an array of field names, not empty`);
  }
  const stranger = names.find((name) => !known.has(name));
  if (stranger !== undefined) {
    throw new Refusal(6017, `${filter} has an unknown field ${JSON.stringify(stranger)}`);
  }
  return names;
}

type Reader<Source> = (source: Source, moment: Moment) => unknown;

/** The names allowed in OfficialAccountBaseInfoFilter. */
const BASE_FIELDS = new Map<string, Reader<Channel>>([
  ["CreateTime", (channel) => channel.CreateTime],
  ["Name", (channel) => channel.Name],
  ["Owner_Account", (channel) => channel.Owner_Account],
  ["LastMsgTime", (channel, { now }) => lastMsgTime(channel, now)],
  ["SubscriberNum", (channel, { now }) => subscriberNum(channel, now)],
  ["Introduction", (channel) => channel.Introduction],
  ["FaceUrl", (channel, { origin }) => faceUrl(channel, origin)],
  ["Organization", (channel) => channel.Organization],
  ["CustomString", (channel) => channel.CustomString],
]);

/** The names allowed in SelfInfoFilter. */
const SELF_FIELDS = new Map<string, Reader<Subscription>>([
  ["SubscribeTime", (subscription) => subscription.SubscribeTime],
  ["CustomString", (subscription) => subscription.CustomString],
]);

/** Returns the requested fields of a channel. The ID is always included, an empty field never. */
function channelRow(channel: Channel, fields: readonly string[], moment: Moment) {
  const id = { Official_Account: channel.Official_Account };
  return read(BASE_FIELDS, channel, fields, moment, id);
}

function read<Source>(
  readers: ReadonlyMap<string, Reader<Source>>,
  source: Source,
  fields: readonly string[],
  moment: Moment,
  row: JsonObject,
): JsonObject {
  for (const field of fields) {
    const value = readers.get(field)?.(source, moment);
    if (value !== undefined) row[field] = value;
  }
  return row;
}

const MOST_ACCOUNTS = 100;

/** account_check: which of the given user IDs exist in the app. */
export const accountCheck: Command = ({ CheckItem: items }) => {
  if (!Array.isArray(items) || items.length === 0 || items.length > MOST_ACCOUNTS) {
    throw new Refusal(70402, `CheckItem should hold 1 to ${MOST_ACCOUNTS} accounts`);
  }
  return {
    fields: {
      ResultItem: items.map(userIdOf).map((UserID) => ({
        UserID,
        ResultCode: 0,
        ResultInfo: "",
        AccountStatus: findPersona(UserID) === null ? "NotImported" : "Imported",
      })),
    },
  };
};

function userIdOf(item: unknown): string {
  if (!isJsonObject(item) || item.UserID === undefined || item.UserID === "") {
    throw new Refusal(70402, "each account should be an object with UserID");
  }
  if (typeof item.UserID !== "string") throw new Refusal(60015);
  return item.UserID;
}

const MOST_IDS = 50;

/** get_official_account_info: channels by ID, with an ErrorCode each. */
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

interface Request {
  readonly subscriberId: string;
  readonly limit: number;
  readonly offset: number;
  readonly baseFields: readonly string[];
  readonly selfFields: readonly string[];
}

/** get_subscribed_official_account_list: one page of a subscriber's channels. */
export const subscribedList: Command = (body, circumstances) => {
  const request = parseRequest(body);
  // No code is documented for an unknown user, so the list is empty.
  const persona = findPersona(request.subscriberId) ?? { ...NOBODY, id: request.subscriberId };
  return answer(persona, request, circumstances);
};

const NOBODY: Persona = { id: "", shows: "", follows: 0 };

function answer(persona: Persona, request: Request, circumstances: Circumstances): Answer {
  const call = circumstances.nextCall(persona.id);
  if (persona.refuses?.when(call)) throw new Refusal(persona.refuses.code);
  if (request.limit > (persona.largestLimit ?? request.limit)) throw new Refusal(10018);
  const range = {
    offset: request.offset,
    limit: Math.min(request.limit, circumstances.maxRows, persona.maxRows ?? request.limit),
  };
  const plain = readPage(listOf(persona, call, circumstances.now), range);
  const page = persona.pageFault?.(plain, range) ?? plain;
  return {
    fields: {
      TotalCount: page.total,
      OfficialAccountInfoList: page.subscriptions.map((subscription) =>
        Object.assign(channelRow(subscription.channel, request.baseFields, circumstances), {
          SelfInfo: read(SELF_FIELDS, subscription, request.selfFields, circumstances, {}),
        }),
      ),
      CompleteFlag: page.complete ? 1 : 0,
      Next: page.next,
    },
    ...(persona.bodyFault && { finish: persona.bodyFault }),
    ...(persona.delivery && { delivery: persona.delivery }),
  };
}

function parseRequest(body: JsonObject): Request {
  const { Subscriber_Account: subscriberId, ResponseFilter: filter } = body;
  if (subscriberId === undefined || subscriberId === "") {
    throw new Refusal(6017, "Subscriber_Account is required");
  }
  if (typeof subscriberId !== "string") throw new Refusal(60015);
  return {
    subscriberId,
    limit: wholeNumber(body, "Limit", { absent: 200, least: 1, most: 200 }),
    offset: wholeNumber(body, "Offset", { absent: 0, least: 0, most: 0xffffffff }),
    baseFields: askedFields(filter, "OfficialAccountBaseInfoFilter", BASE_FIELDS),
    selfFields: askedFields(filter, "SelfInfoFilter", SELF_FIELDS),
  };
}

function wholeNumber(
  body: JsonObject,
  name: string,
  { absent, least, most }: { absent: number; least: number; most: number },
): number {
  const value = body[name] === undefined ? absent : body[name];
  if (typeof value !== "number" || !Number.isInteger(value) || value < least || value > most) {
    throw new Refusal(6017, `${name} should be an integer from ${least} to ${most}`);
  }
  return value;
}
