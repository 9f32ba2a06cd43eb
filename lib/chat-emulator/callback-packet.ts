import { type Channel, faceUrl, type Moment } from "./channel";
import type { JsonObject } from "./json";

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

/** What each command says beside CallbackCommand, Official_Account and EventTime. */
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
