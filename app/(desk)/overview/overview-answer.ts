import { channelAddress, channelsAddress } from "@/lib/channels/channels-address";
import { readSampleUntil } from "@/lib/channels/directory/directory";
import type { DailyTotal, Overview, OverviewRows } from "@/lib/channels/directory/overview";
import { type DailyCounts, readTrends } from "@/lib/channels/history/history";
import type { Change, DirectorySortId, KnownChannel } from "@/lib/channels/known-channel";
import type { Field } from "@/lib/chat-api/types";
import type { Database } from "@/lib/db/database";

/** A channel of a list. Fields that the role cannot see are null. */
export type OverviewChannel = Pick<
  KnownChannel,
  "channelId" | "name" | "avatarUrl" | "subscriberCount" | "lastMessageAt" | "goneAt"
> & {
  readonly change: KnownChannel["changeWeek"];
  readonly trend: DailyCounts | null;
  readonly href: string;
};

export type OverviewList = {
  /** The URL of the whole list. */
  readonly href: string;
  readonly count: number;
  readonly rows: readonly OverviewChannel[];
};

type HealthId = "fresh" | "stale" | "failing";

/** A number of channels and the URL of their list. */
type Linked = { readonly count: number; readonly href: string };

/** The data of the overview; a part that needs a field the role cannot see is null. */
export type OverviewAnswer = {
  readonly reach: {
    readonly channels: number;
    readonly href: string;
    readonly counted: {
      readonly subscribers: number;
      /** Each with the URL of the channels, the largest change first. */
      readonly changes: readonly {
        readonly days: 1 | 7 | 30;
        readonly change: Change | null;
        readonly href: string;
      }[];
      readonly totals: readonly DailyTotal[];
    } | null;
  };
  readonly gainers: OverviewList | null;
  readonly losers: OverviewList | null;
  readonly newlySilent: OverviewList | null;
  readonly gone: OverviewList;
  readonly refresh: Omit<Overview["refresh"], HealthId> & Readonly<Record<HealthId, Linked>>;
  /** History before this time is sample data; null without sample data. */
  readonly sampleUntil: Date | null;
  readonly readAt: Date;
};

type Viewer = {
  readonly app: string;
  readonly defaultApp: string;
  readonly fields: readonly Field[];
  readonly now: Date;
};

/** Returns an overview with the fields of a role and the URLs behind each number. */
export async function shownOverview(
  db: Database,
  { reach, refresh, ...lists }: Overview,
  { app, defaultApp, fields, now }: Viewer,
): Promise<OverviewAnswer> {
  const { gainers, losers, newlySilent, gone } = lists;
  const all = [gainers, losers, newlySilent, gone].flatMap(({ rows }) => rows);
  const showsCounts = fields.includes("subscriberCount");
  const keys = [...new Set(all.map(({ key }) => key))];
  const trends = showsCounts ? await readTrends(db, keys, now) : null;
  // The count includes channels that are not listed.
  const counted = [reach, gainers, losers, newlySilent, gone].map(({ query }) => query);
  const shown = <Id extends Field & keyof KnownChannel>(channel: KnownChannel, field: Id) =>
    fields.includes(field) ? channel[field] : null;
  const list = ({ query, count, rows }: OverviewRows): OverviewList => ({
    href: channelsAddress(query, defaultApp),
    count,
    rows: rows.map((channel) => ({
      channelId: channel.channelId,
      name: shown(channel, "name"),
      avatarUrl: shown(channel, "avatarUrl"),
      subscriberCount: shown(channel, "subscriberCount"),
      lastMessageAt: shown(channel, "lastMessageAt"),
      goneAt: channel.goneAt,
      change: showsCounts ? channel.changeWeek : null,
      trend: trends?.get(channel.key) ?? null,
      href: channelAddress(app, channel.channelId, defaultApp),
    })),
  });
  const sorted = (column: DirectorySortId, descending: boolean) =>
    channelsAddress({ ...reach.query, sorts: [{ column, descending }] }, defaultApp);
  const linked = ({ count, query }: Overview["refresh"][HealthId]): Linked => ({
    count,
    href: channelsAddress(query, defaultApp),
  });
  return {
    reach: {
      channels: reach.channels,
      href: channelsAddress(reach.query, defaultApp),
      counted: showsCounts
        ? {
            subscribers: reach.subscribers,
            changes: [
              { days: 1, change: reach.changeDay, href: sorted("changeDay", true) },
              { days: 7, change: reach.changeWeek, href: sorted("changeWeek", true) },
              { days: 30, change: reach.changeMonth, href: sorted("changeMonth", true) },
            ],
            totals: reach.totals,
          }
        : null,
    },
    gainers: showsCounts ? list(gainers) : null,
    losers: showsCounts ? list(losers) : null,
    // It also depends on when the channel was counted.
    newlySilent: showsCounts && fields.includes("lastMessageAt") ? list(newlySilent) : null,
    gone: list(gone),
    refresh: {
      ...refresh,
      fresh: linked(refresh.fresh),
      stale: linked(refresh.stale),
      failing: linked(refresh.failing),
    },
    sampleUntil: await readSampleUntil(db, app, counted, now),
    readAt: now,
  };
}
