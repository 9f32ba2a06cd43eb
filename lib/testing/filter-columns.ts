import type { FilterColumn } from "@/components/listing/filters/filter-column";
import messages from "@/lib/messages/en.json";
import { COLUMN_IDS, type ColumnId, FILTER_KINDS } from "@/lib/subscriptions/filter";

/** A column of a subscriber's list, by its English label or another. */
export function filterColumn(
  id: ColumnId,
  label: string = messages.fields[id],
): FilterColumn<ColumnId> {
  return { id, label, kind: FILTER_KINDS[id], never: id === "lastMessageAt" };
}

/** All of them. */
export function filterColumns(): FilterColumn<ColumnId>[] {
  return COLUMN_IDS.map((id) => filterColumn(id));
}
