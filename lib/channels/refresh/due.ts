/** How often due channels are looked for. */
export const REFRESH_EVERY_MS = 10_000;

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;

/** How many times the pace that the periods need is gone at most: what is late is caught up in half of them. */
const CATCH_UP = 2;

const SHORTEST_WAIT_MS = 30_000;

/** A watched channel whose time to be refreshed has come. */
export type DueChannel = {
  readonly key: number;
  readonly channelId: string;
  readonly dueAt: Date;
  readonly minutes: number;
  readonly isGone: boolean;
  /** When its count was read last, or else it was first seen. */
  readonly since: Date;
};

/**
 * How many calls one run makes at most, of channels of which so many are watched with each period: twice
 * what it takes to refresh each once in its period. So after a pause, however long, the calls are spread,
 * and everything is caught up within one period.
 */
export function callsOfRun(
  watched: readonly { readonly minutes: number; readonly count: number }[],
  idsOfCall: number,
): number {
  const runs = (minutes: number) => (minutes * MINUTE_MS) / REFRESH_EVERY_MS;
  const channels = watched.reduce((sum, { minutes, count }) => sum + count / runs(minutes), 0);
  return Math.max(1, Math.ceil((CATCH_UP * channels) / idsOfCall));
}

/**
 * When a channel that was read is due again: a period after it was due this time, give or take a tenth of
 * it. One that was so late that this would be within half a period from now has its next turn half a
 * period to a whole one from now instead. One that has gone is asked for once a day only.
 */
export function nextDue(
  { dueAt, minutes, isGone }: Pick<DueChannel, "dueAt" | "minutes" | "isGone">,
  now: Date,
  random: () => number,
): Date {
  const period = (isGone ? Math.max(minutes, DAY_MINUTES) : minutes) * MINUTE_MS;
  const share = random();
  const next = dueAt.getTime() + period * (0.9 + 0.2 * share);
  if (next >= now.getTime() + period / 2) return new Date(next);
  return new Date(now.getTime() + period * (0.5 + 0.5 * share));
}

/**
 * When a channel is tried again of which a whole call failed: after as long again as it is late already,
 * so that the pauses double; at least half a minute, at most its period.
 */
export function retryDue(
  { since, minutes }: Pick<DueChannel, "since" | "minutes">,
  now: Date,
  random: () => number,
): Date {
  const period = minutes * MINUTE_MS;
  const late = now.getTime() - since.getTime() - period;
  const wait = Math.min(Math.max(late, SHORTEST_WAIT_MS), period);
  return new Date(now.getTime() + wait * (0.9 + 0.2 * random()));
}
