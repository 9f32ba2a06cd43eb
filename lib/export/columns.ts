import type { Field } from "@/lib/chat-api/types";
import { COLUMN_IDS, type ColumnId } from "@/lib/subscriptions/filter";

/** From left to right, where nobody has arranged them. */
const USUAL_ORDER: readonly ColumnId[] = [
  "avatarUrl",
  ...COLUMN_IDS.filter((column) => column !== "avatarUrl"),
];

/** The columns of a file: those shown and always the id, in the wanted order as far as there is one. */
export function exportColumns(shown: readonly Field[], wanted: readonly string[]): ColumnId[] {
  const place = (column: ColumnId) => {
    const index = wanted.indexOf(column);
    return index === -1 ? wanted.length : index;
  };
  const isShown = (column: ColumnId) => column === "channelId" || shown.includes(column);
  return USUAL_ORDER.filter(isShown).sort((a, b) => place(a) - place(b));
}

/** Whether a column holds ids, which are texts even when they look like numbers. */
export function isIdColumn(column: ColumnId): boolean {
  return column === "channelId" || column === "ownerId";
}
