/** Half-open: from `start` up to, not including, `end`; null is the list's end. */
export type OffsetRange = { readonly start: number; readonly end: number | null };

/** What was seen so far while a whole set is read. */
export type WholeSetProgress = {
  /** Different channels read. */
  readonly read: number;
  /** The vendor's latest count. */
  readonly total: number;
  /** Answers received. */
  readonly answers: number;
  /** Rows that came a second time: the list shifted under us, or a page was given twice. */
  readonly duplicates: number;
  /** Rows that do not say which channel they are. */
  readonly unreadableRows: number;
  /** Whether the vendor's count was not always the same. */
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

/** How a reading that came to the list's end is to be judged. */
export function outcomeOf(progress: WholeSetProgress): "complete" | "changed" {
  const { read, total, duplicates, unreadableRows, totalChanged } = progress;
  const isDoubtful = duplicates > 0 || unreadableRows > 0 || totalChanged || read !== total;
  return isDoubtful ? "changed" : "complete";
}
