import type { Store } from "@/lib/db/store";
import type { DirectoryQuery, DirectoryRange } from "./directory-query";
import type { KnownChannel } from "./known-channel";

export type { DirectoryQuery, DirectoryRange } from "./directory-query";

/** Channels that have been silent for at least so many days and less than those of the next band. */
export type SilentBand = { readonly days: number | "never"; readonly count: number };

export type DirectoryGroup = {
  readonly value: string | null;
  readonly channels: number;
  /** Of the channels whose counts are known. */
  readonly subscribers: number;
  /** Of the channels whose changes are known; null where there is none. */
  readonly changeWeek: number | null;
};

export type DirectoryChoice = { readonly value: string | null; readonly count: number };

export async function listKnownChannels(
  _store: Store,
  _query: DirectoryQuery,
  _range: DirectoryRange,
  _now: Date,
): Promise<KnownChannel[]> {
  return [];
}

export async function countKnownChannels(
  _store: Store,
  _query: DirectoryQuery,
  _now: Date,
): Promise<number> {
  return 0;
}

export async function listBands(
  _store: Store,
  _query: DirectoryQuery,
  _now: Date,
): Promise<SilentBand[]> {
  return [];
}

export async function listGroups(
  _store: Store,
  _query: DirectoryQuery,
  _by: "organization" | "ownerId",
  _range: DirectoryRange,
  _now: Date,
): Promise<{ groups: DirectoryGroup[]; total: number }> {
  return { groups: [], total: 0 };
}

export async function listChoices(
  _store: Store,
  _query: DirectoryQuery,
  _column: "ownerId" | "organization" | "tags",
  _now: Date,
): Promise<DirectoryChoice[]> {
  return [];
}

export async function findKnownChannel(
  _store: Store,
  _app: string,
  _channelId: string,
  _userId: string,
): Promise<KnownChannel | null> {
  return null;
}
