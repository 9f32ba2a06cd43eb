import type { FilterColumn } from "@/components/channel/filters/filter-column";
import { type ColumnId, FILTER_KINDS } from "@/lib/subscriptions/filter";

/** A column of the list with what can be asked of it. */
export function filterColumn(id: ColumnId, label: string): FilterColumn<ColumnId> {
  return { id, label, kind: FILTER_KINDS[id], never: id === "lastMessageAt" };
}
