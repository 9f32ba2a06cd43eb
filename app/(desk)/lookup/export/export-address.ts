import type { ExportFormat } from "@/lib/export/formats";
import type { ColumnId } from "@/lib/subscriptions/filter";
import { type LookupParams, serializeLookup } from "../search-params";

/** What of an address says where somebody is on the screen, not what is shown. */
const PLACE = { offset: null, size: null, whole: null, row: null, follows: null };

/** What a file of what an address shows is to hold, in the words of an address. */
export function exportQuery(params: LookupParams): URLSearchParams {
  return new URLSearchParams(serializeLookup({ ...params, ...PLACE }));
}

/** Where a file is made, with its columns in the order of the screen. */
export function exportAddress(
  query: URLSearchParams,
  format: ExportFormat,
  columns: readonly ColumnId[],
): string {
  const rest = new URLSearchParams({ format, columns: columns.join() });
  return `/lookup/export?${new URLSearchParams([...query, ...rest])}`;
}
