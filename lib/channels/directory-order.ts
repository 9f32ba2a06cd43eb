import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { channels } from "@/lib/db/channel-schema";
import { numberOrder } from "@/lib/subscriptions/text-order";
import type { DirectorySort } from "./directory-query";
import type { DirectorySortId } from "./known-channel";

/** The same order on every database, whatever its language. */
const bytes = (text: SQLWrapper) => sql`${text} collate "C"`;

/** An instant whose text in an answer has the same order as the instants, whatever the database's time zone. */
export function inUtc(instant: SQLWrapper): SQL {
  return sql`${instant} at time zone 'UTC'`;
}

const VALUES: Readonly<Record<DirectorySortId, SQL>> = {
  name: bytes(sql`nullif(${channels.nameKey}, '')`),
  channelId: bytes(channels.channelId),
  ownerId: bytes(channels.ownerId),
  organization: bytes(channels.organization),
  subscriberCount: sql`${channels.subscriberCount}`,
  changeDay: sql`${channels.changeDay}`,
  changeWeek: sql`${channels.changeWeek}`,
  changeMonth: sql`${channels.changeMonth}`,
  lastMessageAt: inUtc(channels.lastMessageAt),
  countedAt: inUtc(channels.countedAt),
  createdAt: inUtc(channels.createdAt),
  firstSeenAt: inUtc(channels.firstSeenAt),
};

/** What a sort looks at; in a statement's answer a number, or a text whose order is that of its bytes. */
export function sortValue({ column }: DirectorySort): SQL {
  return VALUES[column];
}

/** A value that was read; null where it is not known. */
export type SortValue = string | number | null;

/** The order of two values: what is not known comes last, in either direction. */
export function sortValueOrder(a: SortValue, b: SortValue, descending: boolean): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  const order =
    typeof a === "string" && typeof b === "string"
      ? codePointOrder(a, b)
      : numberOrder(Number(a), Number(b));
  return descending ? -order : order;
}

/** The order of the bytes that texts have in UTF-8. */
export function codePointOrder(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const [left, right] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (left !== right) return placeOfUnit(left) - placeOfUnit(right);
  }
  return a.length - b.length;
}

/** The halves of a character stand for one that comes after all that have but one unit. */
function placeOfUnit(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
