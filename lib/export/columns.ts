import type { Field } from "@/lib/chat-api/types";
import { COLUMN_IDS, type ColumnId, FILTER_KINDS } from "@/lib/subscriptions/filter";
import type { CellKind, Sheet } from "./sheet";

/** The default order, from left to right. */
const USUAL_ORDER: readonly ColumnId[] = [
  "avatarUrl",
  ...COLUMN_IDS.filter((column) => column !== "avatarUrl"),
];

/** Returns the columns of a file: the shown ones and always the ID, in the requested order. */
export function exportColumns(shown: readonly Field[], wanted: readonly string[]): ColumnId[] {
  const place = (column: ColumnId) => {
    const index = wanted.indexOf(column);
    return index === -1 ? wanted.length : index;
  };
  const isShown = (column: ColumnId) => column === "channelId" || shown.includes(column);
  return USUAL_ORDER.filter(isShown).sort((a, b) => place(a) - place(b));
}

/** Returns the sheet of a subscriber's channels. */
export function sheetOf(
  columns: readonly ColumnId[],
  labels: Readonly<Record<ColumnId, string>>,
): Sheet<ColumnId> {
  return {
    name: "channels",
    columns: columns.map((id) => ({ id, label: labels[id], kind: cellKind(id) })),
  };
}

/** IDs are text even if they look like numbers. */
export function cellKind(column: ColumnId): CellKind {
  if (column === "channelId" || column === "ownerId") return "id";
  const kind = FILTER_KINDS[column];
  return kind === "count" || kind === "time" ? kind : "text";
}
