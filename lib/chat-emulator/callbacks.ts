import { createHash } from "node:crypto";
import { type Channel, faceUrl, findChannel, type Moment } from "./catalogue";
import { ControlError, isJsonObject, type JsonObject } from "./refusal";

type Fields = (channel: Channel, moment: Moment) => JsonObject;

const operator = { Operator_Account: "administrator" };
const someone = { SubscribeAccountList: [{ Subscriber_Account: "user-1" }] };
const message = {
  OnlineOnlyFlag: 0,
  MsgBody: [{ MsgType: "TIMTextElem", MsgContent: { Text: "Good morning" } }],
  CloudCustomData: "",
};
const owned: Fields = ({ Owner_Account, Name }) => ({ Owner_Account, Name });
const created: Fields = (channel, moment) => ({ ...operator, ...owned(channel, moment) });

/** The fields of each command besides CallbackCommand, Official_Account and EventTime. */
export const CALLBACKS: ReadonlyMap<string, Fields> = new Map<string, Fields>([
  ["CallbackBeforeCreateOfficialAccount", created],
  ["CallbackAfterCreateOfficialAccount", created],
  [
    "CallbackAfterOfficialAccountInfoChanged",
    (channel, { origin }) => ({
      ...operator,
      Name: channel.Name,
      Introduction: channel.Introduction,
      FaceUrl: faceUrl(channel, origin) ?? "",
      Organization: channel.Organization,
    }),
  ],
  ["CallbackAfterOfficialAccountDestroyed", owned],
  ["CallbackBeforeAddSubscriber", () => ({ ...operator, ...someone })],
  ["CallbackAfterAddSubscriber", () => ({ ...operator, ...someone })],
  ["CallbackAfterOfficialAccountFull", () => ({})],
  ["CallbackAfterDeleteSubscriber", () => ({ ...operator, ...someone })],
  ["CallbackBeforeSendMsg", () => message],
  ["CallbackAfterSendMsg", (_, { now }) => ({ MsgKey: `1_${now}_1`, MsgTime: now, ...message })],
  ["CallbackAfterMsgWithDraw", (_, { now }) => ({ WithdrawMsgList: [{ MsgKey: `1_${now}_1` }] })],
]);

/** The target of callbacks and the token that signs them; null: unsigned. */
export interface CallbackTarget {
  readonly url: string;
  readonly token: string | null;
}

interface CallbackOrder {
  /** Without the common prefix. */
  readonly command: string;
  readonly channelId: string;
  readonly sdkAppId: number;
  /** Unix seconds. */
  readonly requestTime: number;
  /** Overrides of the packet. */
  readonly fields: JsonObject;
}

/** Parses a target. Throws a ControlError about the expected value if it is invalid. */
export function parseTarget(value: unknown): CallbackTarget {
  const { url, token = null } = isJsonObject(value) ? value : {};
  const isUrl = typeof url === "string" && /^https?:$/.test(URL.parse(url)?.protocol ?? "");
  if (isUrl && (token === null || (typeof token === "string" && token !== ""))) {
    return { url, token };
  }
  throw new ControlError('Send {"url": "http://…", "token": "…"}; the token may be left out.');
}

/** Parses an order. Throws a ControlError about the expected value if it is invalid. */
export function parseOrder(
  value: unknown,
  sdkAppIds: readonly number[],
  now: number,
): CallbackOrder {
  if (!isJsonObject(value)) {
    throw new ControlError("Send a JSON object with command and channelId.");
  }
  const { command, channelId, sdkAppId = sdkAppIds[0], requestTime = now, fields = {} } = value;
  if (typeof command !== "string" || !CALLBACKS.has(command)) {
    throw new ControlError(`command should be one of ${[...CALLBACKS.keys()].join(", ")}.`);
  }
  if (typeof channelId !== "string") {
    throw new ControlError("channelId should be the id of a channel.");
  }
  if (!isWholeNumber(sdkAppId)) throw new ControlError("sdkAppId should be the number of an app.");
  if (!isWholeNumber(requestTime)) {
    throw new ControlError("requestTime should be in Unix seconds.");
  }
  if (!isJsonObject(fields)) throw new ControlError("fields should be an object.");
  return { command, channelId, sdkAppId, requestTime, fields };
}

const isWholeNumber = (value: unknown): value is number => Number.isSafeInteger(value);

/** Returns the URL of a callback with its query. */
export function callbackUrl({ url, token }: CallbackTarget, order: CallbackOrder): URL {
  const address = new URL(url);
  const query: Record<string, string> = {
    SdkAppid: String(order.sdkAppId),
    CallbackCommand: `OfficialAccount.${order.command}`,
    contenttype: "json",
    ClientIP: "127.0.0.1",
    OptPlatform: "RESTAPI",
  };
  if (token !== null) {
    const text = `${token}${order.requestTime}`;
    query.Sign = createHash("sha256").update(text).digest("hex");
    query.RequestTime = String(order.requestTime);
  }
  for (const [name, text] of Object.entries(query)) address.searchParams.set(name, text);
  return address;
}

/** Returns the packet of a callback, with as many fields as are known for the channel. */
export function callbackPacket(order: CallbackOrder, moment: Moment): JsonObject {
  const { command, channelId, fields } = order;
  const channel = findChannel(channelId) ?? { ...NOBODYS, Official_Account: channelId };
  return {
    CallbackCommand: `OfficialAccount.${command}`,
    Official_Account: channelId,
    ...CALLBACKS.get(command)?.(channel, moment),
    EventTime: order.requestTime * 1000,
    ...fields,
  };
}

const NOBODYS = {
  Name: "New channel",
  Owner_Account: "user-1",
  Introduction: "",
  Organization: "",
  CustomString: "",
  subscribers: { count: 0, perDay: 0 },
  messages: { at: 0, every: 0 },
};
