import type { TableLayout } from "@/components/data-table/layout";
import type { Role } from "@/lib/auth/permissions";
import type { SilentBand } from "@/lib/channels/directory/directory";
import type { DailyCounts } from "@/lib/channels/history/history";
import { type KnownChannel, seenChannel } from "@/lib/channels/known-channel";
import { type RefreshState, refreshState } from "@/lib/channels/refresh-state";
import type { Tag } from "@/lib/channels/tags";
import type { Shown } from "./field-rules";
import { type DirectoryParams, serializeDirectory } from "./search-params";

/** Channels that have an organization or an owner in common; null: those of which none is known. */
export type DirectoryGroup = {
  readonly value: string | null;
  readonly channels: number;
  /** Null where the role may not see counts. */
  readonly subscribers: number | null;
  /** Null also where none is known. */
  readonly changeWeek: number | null;
};

/** One page of the directory, as it stood in the desk's store at `readAt`. */
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
  readonly trends: ReadonlyMap<number, DailyCounts>;
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
  readonly trend: DailyCounts | null;
  /** All tags of the team. */
  readonly tags: readonly Tag[];
  readonly readAt: Date;
};

/** A channel as somebody may see it: what may not be shown is null, whatever is known of it. */
export type DirectoryRow = KnownChannel & { readonly refreshState: RefreshState };

export function directoryRow(channel: KnownChannel, shown: Shown, now: Date): DirectoryRow {
  const { shown: _, ...seen } = seenChannel(channel, shown);
  return { ...seen, key: channel.key, refreshState: refreshState(channel, now) };
}

/** What the server knows when it draws the room, and the browser needs. */
export type ChannelsContext = {
  /** The app that an address without one means. */
  readonly defaultApp: string;
  /** The fields that the person's role sees. */
  readonly shown: Shown;
  readonly role: Role;
  /** How the person has arranged the table. */
  readonly layout: TableLayout;
  /** Ids that are taken at once. */
  readonly mostAdded: number;
  /** How often watched channels are read that have no tag with a period. In minutes. */
  readonly refreshMinutes: number;
};

/** What a browser asks of the directory: an address, without what only the screen needs. */
export type DirectoryRequest = {
  readonly app: string;
  /** In the one way in which it is written, so that equal questions are equal. */
  readonly query: string;
  /** The courses of the counts are wanted, too. */
  readonly trends: boolean;
};

/** @param params those that are allowed */
export function directoryRequest(params: DirectoryParams, defaultApp: string): DirectoryRequest {
  const app = params.app ?? defaultApp;
  const trends = params.group === null && params.columns.includes("trend");
  const query = serializeDirectory({ ...params, app, columns: null, row: null }).slice(1);
  return { app, query, trends };
}

/** The head of the keys of all that is read of channels. */
export const CHANNELS_KEY = ["channels"] as const;

/** The key of an answer of the directory; its head names the app. */
export function directoryKey({ app, query, trends }: DirectoryRequest) {
  return [...CHANNELS_KEY, "page", app, query, trends] as const;
}

/** Milliseconds after which a count is said to be old. */
const OLD = 86_400_000;

/** Whether a count that was read then tells little of now. */
export function isOld(countedAt: Date, now: Date): boolean {
  return now.getTime() - countedAt.getTime() > OLD;
}
