import type { Subscription } from "@/lib/chat-api/types";
import { COLUMN_IDS, type ColumnId } from "./filter";
import { foldedText } from "./folded-text";

/** What a search looks into. The address of a picture is no text. */
const SEARCHED: readonly ColumnId[] = [
  "name",
  "channelId",
  "ownerId",
  "introduction",
  "organization",
  "customString",
  "subscriberCustomString",
];

const columns = new Map(
  COLUMN_IDS.map((column) => [column, remembered((row) => columnText(row, column))]),
);

/** The texts of a row that were asked for, folded, in one: a search never finds across two of them. */
export const searchableText = remembered((row) => {
  let text = "";
  // Folded text has no small letter, so that one parts them.
  for (const column of SEARCHED) if (row[column]) text += `${columnText(row, column)}a`;
  return text;
});

/** One text of each row, folded; empty where there is none. */
export function foldedColumn(column: ColumnId): (row: Subscription) => string {
  return columns.get(column) ?? ((row) => columnText(row, column));
}

function columnText(row: Subscription, column: ColumnId): string {
  const value = row[column];
  return typeof value === "string" ? foldedText(value) : "";
}

/** Somebody who types asks the same of the same rows at every key. */
function remembered(make: (row: Subscription) => string): (row: Subscription) => string {
  const known = new WeakMap<Subscription, string>();
  return (row) => {
    const before = known.get(row);
    if (before !== undefined) return before;
    const text = make(row);
    known.set(row, text);
    return text;
  };
}
