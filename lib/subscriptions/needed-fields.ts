import { FIELDS, type Field } from "@/lib/chat-api/types";
import { COLUMN_IDS, type ColumnId } from "./filter";
import type { ViewQuery } from "./view";

/** Returns the readable fields that are shown or that a filter or a sort needs. */
export function neededFields(
  shown: readonly Field[],
  { filters, sorts }: ViewQuery,
  readable: readonly Field[],
): Field[] {
  return FIELDS.filter((field) => {
    const isNeeded =
      shown.includes(field) || filters[field] || sorts.some(({ column }) => column === field);
    return isNeeded && readable.includes(field);
  });
}

/** Removes filters and sorts that would reveal unreadable fields. */
export function allowedQuery(query: ViewQuery, readable: readonly Field[]): ViewQuery {
  const isAllowed = (column: ColumnId) => column === "channelId" || readable.includes(column);
  const filters = COLUMN_IDS.flatMap((column) => {
    const filter = query.filters[column];
    return filter && isAllowed(column) ? [[column, filter] as const] : [];
  });
  const sorts = query.sorts.filter(({ column }) => isAllowed(column));
  return { search: query.search, filters: Object.fromEntries(filters), sorts };
}
