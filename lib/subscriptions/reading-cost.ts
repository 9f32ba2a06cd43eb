/** Rows of one call, and calls at once, when a whole set is read; and the calls the vendor takes a second. */
const ROWS_A_CALL = 200;
const CALLS_AT_ONCE = 24;
const CALLS_A_SECOND = 200;

/** Seconds that a reading may take without a question first. */
export const UNASKED_SECONDS = 5;

/**
 * What it takes to read so many rows.
 *
 * @param millisecondsACall what a call has taken before
 * @returns the calls, and about how many seconds they take, 1 at least
 */
export function readingCost(
  rows: number,
  millisecondsACall: number,
): { readonly calls: number; readonly seconds: number } {
  const calls = Math.ceil(Math.max(0, rows) / ROWS_A_CALL);
  const rounds = Math.ceil(calls / CALLS_AT_ONCE);
  const milliseconds = Math.max(rounds * millisecondsACall, (calls / CALLS_A_SECOND) * 1000);
  return { calls, seconds: Math.max(1, Math.ceil(milliseconds / 1000)) };
}
