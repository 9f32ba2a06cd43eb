import type { createTranslator, Messages } from "next-intl";
import type { DirectoryColumnId } from "./directory-columns";

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

/** What each column is called: a field of the API as everywhere. */
export function columnLabels(
  fields: Words<"fields">,
  own: Words<"channels.columns">,
): (id: DirectoryColumnId) => string {
  const isField = (id: DirectoryColumnId): id is (typeof OF_THE_API)[number] =>
    OF_THE_API.some((field) => field === id);
  return (id) => (isField(id) ? fields(id) : own(id));
}
