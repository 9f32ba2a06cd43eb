/** Rows per call and parallel calls of a whole set, and the API's calls per second. */
const ROWS_A_CALL = 200;
const CALLS_AT_ONCE = 24;
const CALLS_A_SECOND = 200;

/** Seconds that a read may take without confirmation. */
export const UNASKED_SECONDS = 5;

/**
 * Estimates the cost of reading rows.
 *
 * @param millisecondsACall duration of an earlier call
 * @returns the number of calls, and their approximate duration in seconds, at least 1
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
