import { getCredentials } from "@/lib/auth/accounts";
import type { Observation } from "@/lib/channels/observations/record";
import { setTag, setTagPeriod } from "@/lib/channels/tags";
import { keysOf, setWatched } from "@/lib/channels/watches";
import type { Database } from "@/lib/db/database";
import { DAY_MS } from "@/lib/time";
import type { SampleHistory } from "./sample-history";
import { SAMPLE_PEOPLE } from "./sample-people";

/** Refreshed less often than others. */
const SLOW_TAG = { name: "partner", minutes: 15 };

type Seen = {
  readonly channelId: string;
  readonly count: number;
  /** The share by which the count changed in the last week. */
  readonly moved: number;
  readonly silentMs: number;
  /** Milliseconds. */
  readonly lastSeen: number;
  readonly isGone: boolean;
};

/** Adds tags and about thirty team watches to a history, and two watches of one person. */
export async function addSampleWatches(
  db: Database,
  app: string,
  history: SampleHistory,
  settings: { readonly refreshMinutes: number; readonly now: Date },
): Promise<void> {
  const lasts = [...history.values()].map(
    (observations) => observations.at(-1)?.seenAt.getTime() ?? 0,
  );
  const newest = Math.max(...lasts);
  const seen = [...history].map(([channelId, observations]) =>
    seenAs(channelId, observations, newest),
  );
  const keyOf = await keysOf(db, app, [...history.keys()]);
  const keys = (ids: Iterable<string>) => [...ids].flatMap((id) => keyOf.get(id) ?? []);
  const tags = tagsOf(seen);
  const own = seen.filter(({ isGone }) => !isGone).slice(7, 9);
  const userId = await productPerson(db);
  for (const [ids, isTeam] of [
    [[...tags.keys()], true],
    [own.map(({ channelId }) => channelId), false],
  ] as const) {
    await setWatched(db, { channelKeys: keys(ids), userId, isTeam, watched: true }, settings);
  }
  for (const [channelId, names] of tags) {
    for (const name of names) {
      await setTag(db, { channelKeys: keys([channelId]), name, tagged: true }, settings);
    }
  }
  await setTagPeriod(db, SLOW_TAG.name, SLOW_TAG.minutes, settings);
}

/** The important channels by ID, with their tags. */
function tagsOf(seen: readonly Seen[]): ReadonlyMap<string, ReadonlySet<string>> {
  const here = seen.filter(({ isGone }) => !isGone);
  const gone = seen.filter(({ isGone }) => isGone);
  const most = (some: readonly Seen[], rank: (channel: Seen) => number, count: number) =>
    some.toSorted((a, b) => rank(b) - rank(a)).slice(0, count);
  const chosen: readonly (readonly [tag: string, channels: readonly Seen[]])[] = [
    ["flagship", most(here, ({ count }) => count, 8)],
    ["campaign", most(here, ({ moved, count }) => (count > 1000 ? Math.abs(moved) : 0), 10)],
    ["campaign", most(gone, ({ lastSeen }) => lastSeen, 3)],
    [
      SLOW_TAG.name,
      here.filter(({ silentMs }) => silentMs > 7 * DAY_MS && silentMs < 14 * DAY_MS).slice(0, 5),
    ],
    [SLOW_TAG.name, here.slice(0, 8)],
  ];
  const tags = new Map<string, Set<string>>();
  for (const [tag, some] of chosen) {
    for (const { channelId } of some) {
      tags.set(channelId, (tags.get(channelId) ?? new Set()).add(tag));
    }
  }
  return tags;
}

function seenAs(channelId: string, observations: readonly Observation[], newest: number): Seen {
  const last = observations.at(-1);
  const lastSeen = last?.seenAt.getTime() ?? 0;
  const weekAgo = newest - 7 * DAY_MS;
  const earlier = observations.findLast(({ seenAt }) => seenAt.getTime() <= weekAgo);
  const count = last?.channel.subscriberCount ?? 0;
  const before = earlier?.channel.subscriberCount ?? count;
  return {
    channelId,
    count,
    moved: before === 0 ? 0 : count / before - 1,
    silentMs: newest - (last?.channel.lastMessageAt?.getTime() ?? 0),
    lastSeen,
    isGone: lastSeen < newest,
  };
}

async function productPerson(db: Database): Promise<string> {
  const email = SAMPLE_PEOPLE.find(({ role }) => role === "product")?.email ?? "";
  const person = await getCredentials(db, email);
  if (person === null) throw new Error(`There is no ${email}.`);
  return person.user.id;
}
