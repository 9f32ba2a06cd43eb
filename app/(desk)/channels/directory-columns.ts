import type { createTranslator, Messages } from "next-intl";
import {
  DIRECTORY_SORTS,
  type DirectoryFilterId,
  type DirectorySortId,
} from "@/lib/channels/known-channel";
import type { ChannelField } from "@/lib/chat-api/types";

/** The columns of the list, each with the API field that it reveals; null without one. */
export const FIELD_OF_COLUMN = {
  avatarUrl: "avatarUrl",
  name: "name",
  channelId: null,
  ownerId: "ownerId",
  organization: "organization",
  subscriberCount: "subscriberCount",
  changeDay: "subscriberCount",
  changeDayPercent: "subscriberCount",
  changeWeek: "subscriberCount",
  changeWeekPercent: "subscriberCount",
  changeMonth: "subscriberCount",
  changeMonthPercent: "subscriberCount",
  trend: "subscriberCount",
  lastMessageAt: "lastMessageAt",
  countedAt: "subscriberCount",
  createdAt: "createdAt",
  refreshState: null,
  firstSeenAt: null,
  goneAt: null,
  tags: null,
  introduction: "introduction",
} as const satisfies Readonly<Record<string, ChannelField | null>>;

export type DirectoryColumnId = keyof typeof FIELD_OF_COLUMN;

/** In the default order of the table. */
export const DIRECTORY_COLUMNS = Object.keys(FIELD_OF_COLUMN) as readonly DirectoryColumnId[];

export const DEFAULT_COLUMNS: readonly DirectoryColumnId[] = [
  "avatarUrl",
  "name",
  "subscriberCount",
  "changeDay",
  "changeWeek",
  "trend",
  "lastMessageAt",
  "countedAt",
  "tags",
];

export function isSortable(column: DirectoryColumnId): column is DirectorySortId {
  return DIRECTORY_SORTS.some((id) => id === column);
}

type Words<Namespace extends "fields" | "channels.columns"> = ReturnType<
  typeof createTranslator<Messages, Namespace>
>;

const OF_THE_API = [
  "avatarUrl",
  "name",
  "channelId",
  "ownerId",
  "organization",
  "subscriberCount",
  "lastMessageAt",
  "createdAt",
  "introduction",
] as const;

/** Returns the label of each column and filter. Fields of the API have the same labels everywhere. */
export function columnLabels(
  fields: Words<"fields">,
  own: Words<"channels.columns">,
): (id: DirectoryColumnId | DirectoryFilterId) => string {
  const isField = (id: DirectoryColumnId | DirectoryFilterId): id is (typeof OF_THE_API)[number] =>
    OF_THE_API.some((field) => field === id);
  return (id) => (isField(id) ? fields(id) : own(id));
}
