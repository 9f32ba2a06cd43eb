import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { channels } from "@/lib/db/channel-schema";
import { codeUnitOrder } from "@/lib/subscriptions/text-order";
import type { DirectorySort } from "./directory-query";
import type { DirectorySortId } from "./known-channel";

/** The same order on every database, whatever its language. */
const bytes = (text: SQLWrapper) => sql`${text} collate "C"`;

/** An instant as a number, in seconds; no two instants are so near that they become one. */
export function secondsOf(instant: SQLWrapper): SQL {
  return sql`date_part('epoch', ${instant})`;
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
  lastMessageAt: secondsOf(channels.lastMessageAt),
  countedAt: secondsOf(channels.countedAt),
  createdAt: secondsOf(channels.createdAt),
  firstSeenAt: secondsOf(channels.firstSeenAt),
  goneAt: secondsOf(channels.goneAt),
};

/** What a sort looks at; in a statement's answer a number, or a text whose order is that of its bytes. */
export function sortValue({ column }: DirectorySort): SQL {
  return VALUES[column];
}

/** A value that was read; null where it is not known. */
export type SortValue = string | number | null;

/** The order of the values of a list, by their places in it; what is not known comes last, either way. */
export function valueOrder(
  values: readonly SortValue[],
  descending: boolean,
): (a: number, b: number) => number {
  const isBefore = descending ? 1 : -1;
  const order = textOrder(values);
  return (a, b) => {
    const [left = null, right = null] = [values[a], values[b]];
    if (left === right) return 0;
    if (left === null) return 1;
    if (right === null) return -1;
    if (typeof left === "string" && typeof right === "string") {
      return order(left, right) < 0 ? isBefore : -isBefore;
    }
    return left < right ? isBefore : -isBefore;
  };
}

/**
 * The order of the bytes that these texts have in UTF-8. It is the one of their units, which is many times
 * as fast to find, if they do not have both halves of characters and what comes after these.
 */
export function textOrder(values: readonly SortValue[]): (a: string, b: string) => number {
  const all = values.join("");
  const isByUnits = !(/[\ud800-\udfff]/.test(all) && /[\ue000-\uffff]/.test(all));
  return isByUnits ? codeUnitOrder : codePointOrder;
}

function codePointOrder(a: string, b: string): number {
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
