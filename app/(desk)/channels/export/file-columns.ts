import type { DirectoryColumnId } from "@/lib/channels/directory/search-params";
import { DIRECTORY_FILTERS, type RefreshState } from "@/lib/channels/known-channel";
import {
  type CellKind,
  type SheetColumn,
  type SheetRow,
  withPictureLast,
} from "@/lib/export/sheet";
import type { DirectoryRow } from "../directory";

const CHANGES = ["changeDay", "changeWeek", "changeMonth"] as const;

type ChangeId = (typeof CHANGES)[number];

/** The columns of a file. A change has its percentage beside it; the trend has no column. */
export type FileColumnId = Exclude<DirectoryColumnId, "trend">;

/** Returns the columns of a file in the order of the table, always with the channel ID, and the picture last. */
export function fileColumns(
  shown: readonly DirectoryColumnId[],
  label: (id: DirectoryColumnId) => string,
): SheetColumn<FileColumnId>[] {
  const ids: readonly DirectoryColumnId[] = shown.includes("channelId")
    ? shown
    : [...shown, "channelId"];
  const written = ids.flatMap((id): FileColumnId[] => {
    if (id === "trend") return [];
    return isChange(id) ? [id, `${id}Percent`] : [id];
  });
  return withPictureLast([...new Set(written)]).map((id) => ({
    id,
    label: label(id),
    kind: kindOf(id),
  }));
}

/** Returns a channel as a row of a file. */
export function fileRow(
  row: DirectoryRow,
  stateName: (state: RefreshState) => string,
): SheetRow<FileColumnId> {
  const { changeDay, changeWeek, changeMonth } = row;
  return {
    ...row,
    refreshState: stateName(row.refreshState),
    tags: row.tags.join(", "),
    changeDay: changeDay?.absolute ?? null,
    changeDayPercent: changeDay?.percent ?? null,
    changeWeek: changeWeek?.absolute ?? null,
    changeWeekPercent: changeWeek?.percent ?? null,
    changeMonth: changeMonth?.absolute ?? null,
    changeMonthPercent: changeMonth?.percent ?? null,
  };
}

function kindOf(id: FileColumnId): CellKind {
  if (id === "channelId" || id === "ownerId") return "id";
  if (id === "avatarUrl" || id === "introduction") return "text";
  const kind = DIRECTORY_FILTERS[id];
  if (kind === "time") return "time";
  return kind === "text" || kind === "choice" ? "text" : "count";
}

function isChange(id: DirectoryColumnId): id is ChangeId {
  return CHANGES.some((change) => change === id);
}
