import type { ExportFormat } from "@/lib/export/formats";
import type { DirectoryColumnId } from "./directory-columns";
import { type DirectoryParams, serializeDirectory } from "./search-params";

/** Where a file of all that an address shows is made, with its columns in the order of the screen. */
export function exportAddress(
  params: DirectoryParams,
  {
    app,
    format,
    columns,
  }: {
    readonly app: string;
    readonly format: ExportFormat;
    readonly columns: readonly DirectoryColumnId[];
  },
): string {
  const place = { offset: null, size: null, row: null, group: null, columns: null };
  const query = new URLSearchParams(serializeDirectory({ ...params, ...place, app }));
  query.set("columns", columns.join());
  query.set("format", format);
  return `/channels/export?${query}`;
}
