/** The interval between two runs of the refresh job. */
export const REFRESH_EVERY_MS = 10_000;

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;

/** The largest pace, as a multiple of what the periods need. */
const CATCH_UP = 2;

const SHORTEST_WAIT_MS = 30_000;

/** A watched channel that is due. */
export type DueChannel = {
  readonly key: number;
  readonly channelId: string;
  readonly dueAt: Date;
  readonly minutes: number;
  readonly isGone: boolean;
  /** When its count was last read, or when it was first seen. */
  readonly since: Date;
};

/**
 * Returns the most calls of one run, from the number of watched channels by period: twice what it takes to
 * refresh each once a period. After any pause the calls are spread, and all is caught up within a period.
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
 * Returns when a channel that was read is due next: a period after it was due, plus or minus a tenth. If
 * that is within half a period from now, it is half a period to a period from now instead. A channel that
 * is gone is read at most once a day.
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
 * Returns when a channel is retried after a failed call: after a pause as long as its delay so far, so that
 * pauses double. A pause lasts from half a minute to a period.
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
