import type { Channel, Moment } from "./channel";
import { faceUrl, lastMsgTime, subscriberNum } from "./channel";
import type { JsonObject } from "./json";
import type { Subscription } from "./subscriptions";

type Reader<Source> = (source: Source, moment: Moment) => unknown;

/** The names that OfficialAccountBaseInfoFilter may hold. */
export const BASE_FIELDS: ReadonlyMap<string, Reader<Channel>> = new Map<string, Reader<Channel>>([
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

/** The names that SelfInfoFilter may hold. */
export const SELF_FIELDS: ReadonlyMap<string, Reader<Subscription>> = new Map<
  string,
  Reader<Subscription>
>([
  ["SubscribeTime", (subscription) => subscription.SubscribeTime],
  ["CustomString", (subscription) => subscription.CustomString],
]);

/** A channel with the asked fields; the id always comes, a field without a value never. */
export function channelRow(channel: Channel, fields: readonly string[], moment: Moment) {
  const id = { Official_Account: channel.Official_Account };
  return read(BASE_FIELDS, channel, fields, moment, id);
}

/** The subscriber's own part of a row. */
export function selfInfo(subscription: Subscription, fields: readonly string[], moment: Moment) {
  return read(SELF_FIELDS, subscription, fields, moment, {});
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
