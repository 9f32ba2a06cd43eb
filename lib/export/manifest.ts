import type { ColumnId } from "@/lib/subscriptions/filter";
import type { ExportFormat } from "./formats";

/** Describes the content of every file. */
export type FileManifest = {
  readonly format: ExportFormat;
  readonly writtenRows: number;
  /** Characters that this format cannot hold and that were replaced. */
  readonly replacedCharacters: number;
};

type ManifestApp = {
  readonly slug: string;
  readonly name: string;
  readonly sdkAppId: number;
};

/** Describes a file of data from the desk's own database. */
export type ListManifest = FileManifest & {
  /** Null: rows of all apps. */
  readonly app: ManifestApp | null;
  /** What the rows are, as in the file name. */
  readonly what: string;
  /** From left to right. */
  readonly columns: readonly string[];
  /** The filters and sorts, as in the URL. */
  readonly query: string;
  /** The number of selected rows, matching or not. Absent: the file has all matching rows. */
  readonly selectedRows?: number;
  /** When the file was requested, ISO 8601. */
  readonly readAt: string;
  /** History before this time is sample data, ISO 8601; absent without sample data. */
  readonly sampleUntil?: string;
};

/** Describes a file of one subscriber's channels and how they were read. */
export type Manifest = FileManifest & {
  readonly app: ManifestApp;
  readonly subscriber: string;
  /** The columns, from left to right. */
  readonly fields: readonly ColumnId[];
  readonly search: string;
  /** By column, as in the URL. */
  readonly filters: Readonly<Record<string, string>>;
  /** As in the URL; empty is the list's own order. */
  readonly sorts: string;
  /** The number of selected rows, matching or not. Absent: the file has all matching rows. */
  readonly selectedRows?: number;
  /** When the first and the last answer came, ISO 8601. */
  readonly readFrom: string;
  readonly readTo: string;
  /** The API's latest count. */
  readonly expectedRows: number;
  /** Distinct channels read. */
  readonly readRows: number;
  /** Rows that match the filters and the search. */
  readonly matchingRows: number;
  /** Rows that came twice and were left out. */
  readonly duplicateRows: number;
  /** Values of the written rows that were unreadable. */
  readonly unreadableValues: number;
  readonly unreadableRows: number;
  readonly totalChanged: boolean;
  /** `changed`: a channel may be missing, because the list moved while it was read. */
  readonly outcome: "complete" | "changed";
};

/** Returns a manifest as a separate file. */
export function manifestFile(manifest: FileManifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
