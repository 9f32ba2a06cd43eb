import type { ExportFormat } from "@/lib/export/formats";
import type { ColumnId } from "@/lib/subscriptions/filter";
import { type LookupParams, serializeLookup } from "./search-params";

/** What of an address says where somebody is on the screen, not what is shown. */
const PLACE = { offset: null, size: null, whole: null, row: null, follows: null };

/** Where the file of what an address shows is made, with its columns in the order of the screen. */
export function exportAddress(
  params: LookupParams,
  format: ExportFormat,
  columns: readonly ColumnId[],
): string {
  const address = serializeLookup("/lookup/export", { ...params, ...PLACE });
  const rest = new URLSearchParams({ format, columns: columns.join() });
  return `${address}${address.includes("?") ? "&" : "?"}${rest}`;
}
