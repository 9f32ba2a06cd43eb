import { channels, snapshots, watches } from "@/lib/db/channel-schema";
import type { Database } from "@/lib/db/database";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

type Snapshot = typeof snapshots.$inferInsert;
type Count = (daysAgo: number) => number;

/** Days and hours of a year, and a reading every hour of the last two weeks; none for some days of it. */
function yearOf(key: number, now: number, count: Count, gap: readonly [number, number]) {
  const rows: Snapshot[] = [];
  const add = (
    from: number,
    length: number,
    resolution: "reading" | "hour" | "day",
    spread: number,
  ) => {
    const daysAgo = (now - from) / DAY_MS;
    if (daysAgo < gap[0] && daysAgo > gap[1]) return;
    const subscriberCount = count(daysAgo);
    const extremes = {
      leastCount: Math.max(0, subscriberCount - spread),
      mostCount: subscriberCount + spread,
    };
    rows.push({
      ...{ channelKey: key, at: new Date(from), until: new Date(from + length), resolution },
      ...{ subscriberCount, ...(resolution !== "reading" && extremes) },
      lastMessageAt: new Date(from - (from % (5 * DAY_MS))),
    });
  };
  for (let day = 400; day > 90; day -= 1) add(now - day * DAY_MS, 23 * HOUR_MS, "day", 900);
  for (let hour = 90 * 24; hour > 14 * 24; hour -= 6) {
    add(now - hour * HOUR_MS, HOUR_MS / 2, "hour", 120);
  }
  for (let hour = 14 * 24; hour >= 1; hour -= 1) add(now - hour * HOUR_MS, 60_000, "reading", 0);
  return rows;
}

type Seed = {
  readonly channelId: string;
  readonly name: string;
  readonly rows: (key: number) => Snapshot[];
  readonly goneAt?: Date;
  readonly isWatched?: true;
};

function seeds(now: number): Seed[] {
  const single = (count: number, daysAgo: number) => (channelKey: number) => {
    const at = new Date(now - daysAgo * DAY_MS);
    return [{ channelKey, at, until: at, resolution: "reading" as const, subscriberCount: count }];
  };
  const steady: Count = (days) => Math.round(52_000 - days * 70 + 1500 * Math.sin(days / 9));
  const rival: Count = (days) => Math.round(18_000 + 900 * Math.cos(days / 5) - days * 12);
  return [
    {
      ...{ channelId: "@TOA#_steady", name: "Harbour Weekly", isWatched: true },
      rows: (key) => yearOf(key, now, steady, [44, 41]),
    },
    {
      ...{ channelId: "@TOA#_rival", name: "Night Market" },
      rows: (key) => yearOf(key, now, rival, [5, 3.5]),
    },
    {
      ...{ channelId: "@TOA#_zero", name: "From Nothing" },
      rows: (key) => [...single(0, 1)(key), ...single(12, 0.5)(key)],
    },
    { channelId: "@TOA#_once", name: "Seen Once", rows: single(640, 0.5) },
    { channelId: "@TOA#_long_ago", name: "Counted Long Ago", rows: single(77, 200) },
    { channelId: "@TOA#_uncounted", name: "Never Counted", rows: () => [] },
    {
      ...{ channelId: "@TOA#_gone", name: "Closed Shop", goneAt: new Date(now - DAY_MS) },
      rows: (key) => [...single(300, 2)(key), ...single(310, 1.5)(key)],
    },
  ];
}

async function addSeed(db: Database, seed: Seed, now: number): Promise<void> {
  const { channelId, name, goneAt, isWatched } = seed;
  const [last] = seed.rows(0).toReversed();
  const counted = last && {
    ...{ subscriberCount: last.subscriberCount, countedAt: last.until, snapshotAt: last.at },
    ...{ lastMessageAt: last.lastMessageAt, lastMessageReadAt: last.until },
  };
  const [channel] = await db
    .insert(channels)
    .values({
      ...{ app: "other", channelId, name, ownerId: "owner-1", organization: "Quay Press" },
      ...{ introduction: `All about ${name}.`, createdAt: new Date(now - 500 * DAY_MS), goneAt },
      ...{ searchText: `${name}\n${channelId}`.toUpperCase(), nameKey: name.toUpperCase() },
      ...{ firstSeenAt: new Date(now - 400 * DAY_MS), seenAt: new Date(now), ...counted },
      ...(isWatched && { refreshMinutes: 60, changeDay: 31, changeWeek: -120, changeMonth: 2100 }),
    })
    .returning({ key: channels.key });
  const key = channel?.key ?? 0;
  const rows = seed.rows(key);
  for (let begin = 0; begin < rows.length; begin += 1000) {
    await db.insert(snapshots).values(rows.slice(begin, begin + 1000));
  }
  if (!isWatched) return;
  await db
    .insert(watches)
    .values({ channelKey: key, accountId: null, createdAt: new Date(now - 12 * DAY_MS) });
}

/** Adds channels with counts of a year. */
export async function seedTrends(db: Database): Promise<void> {
  const now = Date.now();
  for (const seed of seeds(now)) await addSeed(db, seed, now);
}
