/** Milliseconds after which a count is said to be old. */
const OLD = 86_400_000;

/** Whether a count that was read then tells little of now. */
export function isOld(countedAt: Date, now: Date): boolean {
  return now.getTime() - countedAt.getTime() > OLD;
}
