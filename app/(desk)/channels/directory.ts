import type { TableLayout } from "@/components/data-table/layout";
import type { Role } from "@/lib/auth/permissions";
import type { SilentBand } from "@/lib/channels/directory/directory";
import {
  type DirectoryParams,
  type Shown,
  serializeDirectory,
} from "@/lib/channels/directory/search-params";
import type { DailyCounts } from "@/lib/channels/history/history";
import {
  type KnownChannel,
  type RefreshState,
  refreshState,
  visibleChannel,
} from "@/lib/channels/known-channel";
import type { Tag } from "@/lib/channels/tags";
import { DAY_MS } from "@/lib/time";

/** Channels with the same organization or owner; null for channels without a known one. */
export type DirectoryGroup = {
  readonly value: string | null;
  readonly channels: number;
  /** Null if the role may not see counts. */
  readonly subscribers: number | null;
  /** Null also if no change is known. */
  readonly changeWeek: number | null;
};

/** One page of the list, as of `readAt`. */
export type DirectoryAnswer = {
  readonly rows: readonly DirectoryRow[];
  /** Replaces the rows of a grouped list. */
  readonly groups: readonly DirectoryGroup[] | null;
  /** Rows or groups of all pages. */
  readonly total: number;
  /** The index of the first row. An offset past the end is moved to the last page. */
  readonly offset: number;
  /** All known channels of the app. */
  readonly known: number;
  /** By the key of the channel. */
  readonly trends: ReadonlyMap<number, DailyCounts>;
  /** For the view "silent". */
  readonly bands: readonly SilentBand[] | null;
  /** History before this time is sample data; null without any. */
  readonly sampleUntil: Date | null;
  readonly readAt: Date;
};

/** One channel with its trend and the tags of the team. */
export type ChannelAnswer = {
  /** Null for an unknown channel. */
  readonly channel: DirectoryRow | null;
  readonly trend: DailyCounts | null;
  /** All tags of the team. */
  readonly tags: readonly Tag[];
  readonly readAt: Date;
};

/** A channel in which fields that the role may not see are null. */
export type DirectoryRow = KnownChannel & { readonly refreshState: RefreshState };

export function directoryRow(channel: KnownChannel, shown: Shown, now: Date): DirectoryRow {
  const { shown: _, ...seen } = visibleChannel(channel, shown);
  return { ...seen, key: channel.key, refreshState: refreshState(channel, now) };
}

/** What the page needs from the server besides the rows. */
export type ChannelsContext = {
  /** The app of an address without one. */
  readonly defaultApp: string;
  /** The fields that the role may see. */
  readonly shown: Shown;
  readonly role: Role;
  /** The person's saved layout of the table. */
  readonly layout: TableLayout;
  /** The most ids of one request. */
  readonly mostAdded: number;
  /** The default refresh period of watched channels, in minutes. */
  readonly refreshMinutes: number;
};

/** A request for one page: the address without parameters that only affect the display. */
export type DirectoryRequest = {
  readonly app: string;
  /** In canonical form, so that equal requests have equal query keys. */
  readonly query: string;
  /** Whether to read the daily counts, too. */
  readonly trends: boolean;
};

/** @param params without fields that the role may not see */
export function directoryRequest(params: DirectoryParams, defaultApp: string): DirectoryRequest {
  const app = params.app ?? defaultApp;
  const trends = params.group === null && params.columns.includes("trend");
  const query = serializeDirectory({ ...params, app, columns: null, row: null }).slice(1);
  return { app, query, trends };
}

/** The prefix of the query keys of all channel data. */
export const CHANNELS_KEY = ["channels"] as const;

/** Returns the query key of a request. It contains the app before the query. */
export function directoryKey({ app, query, trends }: DirectoryRequest) {
  return [...CHANNELS_KEY, "page", app, query, trends] as const;
}

/** Returns whether a count is marked as old: after a day. */
export function isOld(countedAt: Date, now: Date): boolean {
  return now.getTime() - countedAt.getTime() > DAY_MS;
}
