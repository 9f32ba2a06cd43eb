import type { ColumnId } from "@/lib/subscriptions/filter";
import type { ExportFormat } from "./formats";

/** What travels with a file, so that whoever finds it knows what it holds and how it was read. */
export type Manifest = {
  readonly app: { readonly slug: string; readonly name: string; readonly sdkAppId: number };
  readonly subscriber: string;
  readonly format: ExportFormat;
  /** The columns, from left to right. */
  readonly fields: readonly ColumnId[];
  readonly search: string;
  /** By column, in the words of the address. */
  readonly filters: Readonly<Record<string, string>>;
  /** In the words of the address; empty is the list's own order. */
  readonly sorts: string;
  /** When the first and the last answer came, ISO 8601. */
  readonly readFrom: string;
  readonly readTo: string;
  /** The vendor's latest count. */
  readonly expectedRows: number;
  /** Different channels read. */
  readonly readRows: number;
  /** Those that the filters and the search let through. */
  readonly matchingRows: number;
  readonly writtenRows: number;
  /** Rows that came a second time and were left out. */
  readonly duplicateRows: number;
  /** Whether the vendor's count moved meanwhile. */
  readonly totalChanged: boolean;
  /** `changed`: a channel may be missing, because the list moved while it was read. */
  readonly outcome: "complete" | "changed";
  /** Characters this format cannot hold, that others stand for. */
  readonly replacedCharacters: number;
};

/** A manifest as a file of its own. */
export function manifestFile(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
