/** The fields of a channel, as in the API's OfficialAccountBaseInfoFilter. */
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

/** The fields of a subscription, as in the API's SelfInfoFilter. */
export const SUBSCRIPTION_FIELDS = ["subscribedAt", "subscriberCustomString"] as const;

export const FIELDS = [...CHANNEL_FIELDS, ...SUBSCRIPTION_FIELDS] as const;

export type ChannelField = (typeof CHANNEL_FIELDS)[number];
export type SubscriptionField = (typeof SUBSCRIPTION_FIELDS)[number];
export type Field = ChannelField | SubscriptionField;

/** A channel. A field that was not requested is absent; an empty one is null. */
export type Channel = {
  readonly channelId: string;
  /** Requested fields that came in an unreadable form; they are absent. */
  readonly unreadable?: readonly Field[];
  readonly name?: string | null;
  readonly ownerId?: string | null;
  readonly subscriberCount?: number | null;
  /** Null if no message was ever sent. */
  readonly lastMessageAt?: Date | null;
  readonly createdAt?: Date | null;
  readonly introduction?: string | null;
  readonly organization?: string | null;
  /** Free text of the channel's owner: never trust its scheme. */
  readonly avatarUrl?: string | null;
  readonly customString?: string | null;
};

/** A channel that a subscriber follows. */
export type Subscription = Channel & {
  readonly subscribedAt?: Date | null;
  readonly subscriberCustomString?: string | null;
};

/** One page of the list. */
export type SubscriptionPage = {
  readonly subscriptions: readonly Subscription[];
  /** Rows without a channel ID, left out. */
  readonly unreadableRows: number;
  /** Rows requested in the call that succeeded. */
  readonly limit: number;
  /** The API's count of all channels of the subscriber. */
  readonly total: number;
  /** The next offset, or null at the end. */
  readonly nextOffset: number | null;
};

/** The names in the API's OfficialAccountBaseInfoFilter. */
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

/** The names in its SelfInfoFilter. */
export const SUBSCRIPTION_FILTER: Readonly<Record<SubscriptionField, string>> = {
  subscribedAt: "SubscribeTime",
  subscriberCustomString: "CustomString",
};

/** Half-open: from `start` up to, not including, `end`. Null is the list's end. */
export type OffsetRange = { readonly start: number; readonly end: number | null };

/** The progress of reading a whole set. */
export type WholeSetProgress = {
  /** Distinct channels read. */
  readonly read: number;
  /** The API's latest count. */
  readonly total: number;
  readonly answers: number;
  /** Rows that came twice: the list shifted or a page was repeated. */
  readonly duplicates: number;
  /** Rows without a channel ID. */
  readonly unreadableRows: number;
  readonly totalChanged: boolean;
};

/**
 * How the reading ended: `complete` every channel is in hand · `changed` read to the end, but rows
 * or the count moved meanwhile, do not agree or could not be read, so a channel may be missing ·
 * `endless` the vendor never says that the list ends · `failed` a call failed · `paused` there are
 * more than `pauseAbove`. Only after `complete` is a "no" an answer.
 */
export type WholeSetOutcome = "complete" | "changed" | "endless" | "failed" | "paused";

/** Returns the outcome of a read that reached the end. */
export function outcomeOf(progress: WholeSetProgress): "complete" | "changed" {
  const { read, total, duplicates, unreadableRows, totalChanged } = progress;
  const isDoubtful = duplicates > 0 || unreadableRows > 0 || totalChanged || read !== total;
  return isDoubtful ? "changed" : "complete";
}
