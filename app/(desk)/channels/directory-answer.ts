import type { SilentBand } from "@/lib/channels/directory";
import type { Tag } from "@/lib/channels/tags";
import type { Trend } from "@/lib/channels/trends";
import type { DirectoryRow } from "./directory-row";

/** Channels that have an organization or an owner in common; null: those of which none is known. */
export type DirectoryGroup = {
  readonly value: string | null;
  readonly channels: number;
  /** Null where the role may not see counts. */
  readonly subscribers: number | null;
  /** Null also where none is known. */
  readonly changeWeek: number | null;
};

/** One page of the directory, as it stood in the desk's database at `readAt`. */
export type DirectoryAnswer = {
  readonly rows: readonly DirectoryRow[];
  /** In place of rows, where they are put together. */
  readonly groups: readonly DirectoryGroup[] | null;
  /** Rows or groups, on all pages. */
  readonly total: number;
  /** Index of the first one; that of the last page, where there is nothing so far on. */
  readonly offset: number;
  /** Channels of the app that the desk knows at all. */
  readonly known: number;
  /** By the key of a row. */
  readonly trends: ReadonlyMap<number, Trend>;
  /** Of the view "silent". */
  readonly bands: readonly SilentBand[] | null;
  /** What is known from before is sample data; null where none is. */
  readonly sampleUntil: Date | null;
  readonly readAt: Date;
};

/** One channel with all that the desk has made of it. */
export type ChannelAnswer = {
  /** Null when the desk has never met it. */
  readonly channel: DirectoryRow | null;
  readonly trend: Trend | null;
  /** All tags of the team. */
  readonly tags: readonly Tag[];
  readonly readAt: Date;
};
