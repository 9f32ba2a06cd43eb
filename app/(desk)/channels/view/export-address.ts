import type { ExportFormat } from "@/lib/export/formats";
import { type ViewParams, viewAddress } from "./view-params";

/** Where the numbers of a view are to be had as a file. */
export function exportAddress(params: ViewParams, format: ExportFormat): string {
  const address = viewAddress(params, {}, "/channels/view/export");
  return `${address}${address.includes("?") ? "&" : "?"}format=${format}`;
}
