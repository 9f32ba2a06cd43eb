import { readSampleUntil } from "@/lib/channels/directory/directory";
import type { Overview, OverviewRows } from "@/lib/channels/directory/overview";
import { type DailyCounts, readTrends } from "@/lib/channels/history/history";
import { type VisibleChannel, visibleChannel } from "@/lib/channels/known-channel";
import type { Field } from "@/lib/chat-api/types";
import type { Database } from "@/lib/db/database";

export type OverviewChannel = VisibleChannel & { readonly trend: DailyCounts | null };

export type OverviewList = Omit<OverviewRows, "rows"> & {
  readonly rows: readonly OverviewChannel[];
};

/** The data of the overview; a part that needs a field the role cannot see is null. */
export type OverviewAnswer = Pick<Overview, "refresh"> & {
  readonly reach: Pick<Overview["reach"], "query" | "channels"> & {
    readonly counted: Omit<Overview["reach"], "query" | "channels"> | null;
  };
  readonly gainers: OverviewList | null;
  readonly losers: OverviewList | null;
  readonly newlySilent: OverviewList | null;
  readonly gone: OverviewList;
  /** History before this time is sample data; null without sample data. */
  readonly sampleUntil: Date | null;
  readonly readAt: Date;
};

type Viewer = { readonly app: string; readonly fields: readonly Field[]; readonly now: Date };

/** Returns an overview with the fields of a role. */
export async function shownOverview(
  db: Database,
  { reach: { query, channels, ...counts }, refresh, ...lists }: Overview,
  { app, fields, now }: Viewer,
): Promise<OverviewAnswer> {
  const { gainers, losers, newlySilent, gone } = lists;
  const all = Object.values(lists);
  const showsCounts = fields.includes("subscriberCount");
  const keys = all.flatMap(({ rows }) => rows.map(({ key }) => key));
  const trends = await readTrends(db, showsCounts ? [...new Set(keys)] : [], now);
  const list = ({ rows, ...found }: OverviewRows): OverviewList => ({
    ...found,
    rows: rows.map((channel) => ({
      ...visibleChannel(channel, fields),
      trend: trends.get(channel.key) ?? null,
    })),
  });
  return {
    reach: { query, channels, counted: showsCounts ? counts : null },
    gainers: showsCounts ? list(gainers) : null,
    losers: showsCounts ? list(losers) : null,
    // It also depends on when the channel was counted.
    newlySilent: showsCounts && fields.includes("lastMessageAt") ? list(newlySilent) : null,
    gone: list(gone),
    refresh,
    // The count includes channels that are not listed.
    sampleUntil: await readSampleUntil(db, app, [query, ...all.map((each) => each.query)], now),
    readAt: now,
  };
}
