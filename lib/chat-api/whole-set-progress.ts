/** Half-open: from `start` up to, not including, `end`. Null is the list's end. */
export type OffsetRange = { readonly start: number; readonly end: number | null };

/** The progress of reading a whole set. */
export type WholeSetProgress = {
  /** Distinct channels read. */
  readonly read: number;
  /** The API's latest count. */
  readonly total: number;
  /** Answers received. */
  readonly answers: number;
  /** Rows that came twice: the list shifted or a page was repeated. */
  readonly duplicates: number;
  /** Rows without a channel ID. */
  readonly unreadableRows: number;
  /** Whether the API's count changed. */
  readonly totalChanged: boolean;
};

/**
 * How the reading ended:
 * `complete` every channel is in hand · `changed` read to the end, but rows or the count moved meanwhile,
 * do not agree or could not be read, so a channel may be missing · `endless` the vendor never says that the list ends ·
 * `failed` a call failed · `paused` there are more than `pauseAbove`. Only after `complete` is a "no" an
 * answer.
 */
export type WholeSetOutcome = "complete" | "changed" | "endless" | "failed" | "paused";

/** Returns the outcome of a read that reached the end. */
export function outcomeOf(progress: WholeSetProgress): "complete" | "changed" {
  const { read, total, duplicates, unreadableRows, totalChanged } = progress;
  const isDoubtful = duplicates > 0 || unreadableRows > 0 || totalChanged || read !== total;
  return isDoubtful ? "changed" : "complete";
}
