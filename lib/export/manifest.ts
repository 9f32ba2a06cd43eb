import type { ColumnId } from "@/lib/subscriptions/filter";
import type { ExportFormat } from "./formats";

/** What travels with every file, so that whoever finds it knows what it holds. */
export type FileManifest = {
  readonly format: ExportFormat;
  readonly writtenRows: number;
  /** Characters this format cannot hold, that others stand for. */
  readonly replacedCharacters: number;
};

/** The app that the rows are from. */
export type ManifestApp = {
  readonly slug: string;
  readonly name: string;
  readonly sdkAppId: number;
};

/** Of a file of what the desk itself keeps. */
export type ListManifest = FileManifest & {
  /** Null where the rows are of all apps. */
  readonly app: ManifestApp | null;
  /** What the rows are, as the name of the file says it. */
  readonly what: string;
  /** From left to right. */
  readonly columns: readonly string[];
  /** What chose and ordered the rows, in the words of an address. */
  readonly query: string;
  /** When the desk was asked, ISO 8601. */
  readonly readAt: string;
  /** Until when some of what the rows tell is sample data, ISO 8601; absent where none is. */
  readonly sampleUntil?: string;
};

/** Of a file of one subscriber's channels, and how they were read. */
export type Manifest = FileManifest & {
  readonly app: ManifestApp;
  readonly subscriber: string;
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
  /** Rows that came a second time and were left out. */
  readonly duplicateRows: number;
  /** Values of the rows written that came in a form that cannot be read. */
  readonly unreadableValues: number;
  /** Rows that were left out, because they do not say which channel they are. */
  readonly unreadableRows: number;
  /** Whether the vendor's count moved meanwhile. */
  readonly totalChanged: boolean;
  /** `changed`: a channel may be missing, because the list moved while it was read. */
  readonly outcome: "complete" | "changed";
};

/** A manifest as a file of its own. */
export function manifestFile(manifest: FileManifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
