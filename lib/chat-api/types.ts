/** What a channel may tell, by the nine names of the vendor's OfficialAccountBaseInfoFilter. */
export const CHANNEL_FIELDS = [
  "name",
  "ownerId",
  "subscriberCount",
  "lastMessageAt",
  "createdAt",
  "introduction",
  "organization",
  "avatarUrl",
  "customString",
] as const;

/** What a subscription may tell, by the two names of the vendor's SelfInfoFilter. */
export const SUBSCRIPTION_FIELDS = ["subscribedAt", "subscriberCustomString"] as const;

export const FIELDS = [...CHANNEL_FIELDS, ...SUBSCRIPTION_FIELDS] as const;

export type ChannelField = (typeof CHANNEL_FIELDS)[number];
export type SubscriptionField = (typeof SUBSCRIPTION_FIELDS)[number];
export type Field = ChannelField | SubscriptionField;

/** A channel. A field that was not asked for is absent; one the vendor left empty is null. */
export type Channel = {
  readonly channelId: string;
  /** The fields that were asked for and came in a form that cannot be read: they are absent too. */
  readonly unreadable?: readonly Field[];
  readonly name?: string | null;
  readonly ownerId?: string | null;
  readonly subscriberCount?: number | null;
  /** Null when nothing was ever sent. */
  readonly lastMessageAt?: Date | null;
  readonly createdAt?: Date | null;
  readonly introduction?: string | null;
  readonly organization?: string | null;
  /** Free text of the channel's owner: never trust its scheme. */
  readonly avatarUrl?: string | null;
  readonly customString?: string | null;
};

/** A channel as one subscriber follows it. */
export type Subscription = Channel & {
  readonly subscribedAt?: Date | null;
  readonly subscriberCustomString?: string | null;
};

/** One answer of the list call. */
export type SubscriptionPage = {
  readonly subscriptions: readonly Subscription[];
  /** Rows left out, because they do not say which channel they are. */
  readonly unreadableRows: number;
  /** Rows asked for in the call that succeeded. */
  readonly limit: number;
  /** The vendor's count of all channels the subscriber follows, whatever the limit. */
  readonly total: number;
  /** Where the vendor goes on, or null at the end. */
  readonly nextOffset: number | null;
};

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
