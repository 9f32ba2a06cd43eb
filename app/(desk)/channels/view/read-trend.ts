import "server-only";
import { z } from "zod";
import type { SessionUser } from "@/lib/auth/current-user";
import { shownFields } from "@/lib/auth/fields";
import { findKnownChannel, latestSample } from "@/lib/channels/directory/directory";
import { readHistory, readWatchedSince } from "@/lib/channels/history/history";
import { gapRule, RANGES, trendOf } from "@/lib/channels/history/trend";
import { type KnownChannel, visibleChannel } from "@/lib/channels/known-channel";
import { listTags } from "@/lib/channels/tags";
import { type ChatAppLabel, chatAppLabel } from "@/lib/chat";
import { type Database, database } from "@/lib/db/database";
import { env } from "@/lib/env";
import { guard } from "@/lib/http/guard";
import { failure, success } from "@/lib/result";
import { chosenDates, datesProblem, rangeOfDates, readViewParams, type ViewParams } from "./params";

/** A channel over time, without fields that the person may not see. */
export type TrendView = NonNullable<Awaited<ReturnType<typeof readTrendView>>>;

// An empty range cannot be drawn.
const SHORTEST_MS = 600_000;

/** Reads the channel of an address over time; null if it is unknown. */
export async function readTrendView(
  db: Database,
  { slug }: ChatAppLabel,
  params: ViewParams,
  user: Pick<SessionUser, "id" | "role">,
  now: Date,
) {
  const find = (channelId: string) => findKnownChannel(db, slug, channelId, user.id);
  const channel = params.channel === null ? null : await find(params.channel);
  if (channel === null) return null;
  const found = await Promise.all(params.with.map(find));
  const others = found.filter((other) => other !== null);
  const shown = shownFields(env().fieldPolicy, user.role);
  const dates = chosenDates(params);
  const zone = params.zone ?? "UTC";
  const problem = dates && datesProblem(dates, zone, now);
  const span = RANGES[params.range];
  const since = new Date(span === null ? 0 : now.getTime() - span);
  const chosen = dates && !problem ? rangeOfDates(dates, zone, now) : null;
  const histories = await readAll(db, [channel, ...others], chosen ?? { from: since, to: now });
  const first = Math.min(...histories.flatMap(({ points }) => points[0]?.at.getTime() ?? []));
  const from = span === null ? earliest(first, now) : since;
  const range = chosen ?? { from, to: now };
  const mayCount = shown.includes("subscriberCount");
  return {
    channel: visibleChannel(channel, shown),
    /** The channels to compare with, in the order of the trend. */
    others: others.map((other) => visibleChannel(other, shown)),
    /** All tags of the team. */
    allTags: await listTags(db),
    /** Unknown ids of the address. */
    unknown: params.with.filter((_, index) => found[index] === null),
    /** Null if the role may not see counts. */
    trend: mayCount ? trendOf(histories, range) : null,
    /** History before this time is sample data; null without any. */
    sampleUntil: latestSample([channel, ...others].map((one) => one.sampleUntil)),
    range,
    /** Why the dates of the address do not decide the range; null if they do, or if there are none. */
    datesProblem: problem,
    readAt: now,
    /** The times of messages in the range. */
    messages: shown.includes("lastMessageAt") ? (histories[0]?.messages ?? []) : [],
  };
}

function earliest(first: number, now: Date): Date {
  const latest = now.getTime() - SHORTEST_MS;
  return new Date(first > 0 && first < latest ? first : latest);
}

// One after another, so that one page does not use all connections.
async function readAll(
  db: Database,
  channels: readonly KnownChannel[],
  range: { from: Date; to: Date },
) {
  const histories = [];
  for (const { key, refreshMinutes } of channels) {
    const history = await readHistory(db, key, range);
    const since = await readWatchedSince(db, key);
    const watched = since && refreshMinutes !== null ? { since, refreshMinutes } : null;
    histories.push({ ...history, gapAt: gapRule(watched) });
  }
  return histories;
}

/** Reads the channel of an address for a person who may see it; null if it is unknown. */
export const readTrend = guard({
  permission: "channels",
  limit: "note",
  audit: null,
  input: z.instanceof(URLSearchParams).transform(readViewParams),
  async run(params, user) {
    const app = chatAppLabel(params.app);
    if (!app) return failure("unknownApp");
    return success(await readTrendView(await database(), app, params, user, new Date()));
  },
});
