import type { ChannelField, SubscriptionField } from "./types";

/** What the vendor's OfficialAccountBaseInfoFilter calls each field of a channel. */
export const CHANNEL_FILTER: Readonly<Record<ChannelField, string>> = {
  name: "Name",
  ownerId: "Owner_Account",
  subscriberCount: "SubscriberNum",
  lastMessageAt: "LastMsgTime",
  createdAt: "CreateTime",
  introduction: "Introduction",
  organization: "Organization",
  avatarUrl: "FaceUrl",
  customString: "CustomString",
};

/** What its SelfInfoFilter calls each field of a subscription. */
export const SUBSCRIPTION_FILTER: Readonly<Record<SubscriptionField, string>> = {
  subscribedAt: "SubscribeTime",
  subscriberCustomString: "CustomString",
};
