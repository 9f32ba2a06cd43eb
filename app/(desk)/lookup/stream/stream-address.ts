import type { Field, OffsetRange } from "@/lib/chat-api/types";

/** Above this many rows, the reading pauses after the first answer to see how long the rest takes. */
export const READ_UNASKED = 5000;

/** The list of which everything is to be read. */
export type WholeList = {
  readonly app: string;
  readonly subscriberId: string;
  readonly fields: readonly Field[];
};

type StreamAddress = Pick<WholeList, "fields"> & {
  /** Whose list, in which app: see wholeSetQuery. */
  readonly list: URLSearchParams;
  /** Stop after the first answer when there are more than READ_UNASKED. */
  readonly mayPause: boolean;
  /** Only what an earlier reading left, and the vendor's count then. */
  readonly from: { readonly unread: readonly OffsetRange[]; readonly total: number } | null;
};

/** Whose list of which app, in the words of an address. */
export function wholeSetQuery({ app, subscriberId }: WholeList): URLSearchParams {
  return new URLSearchParams({ app, subscriber: subscriberId });
}

/** Where a whole set is read from. */
export function streamAddress({ list, fields, mayPause, from }: StreamAddress): string {
  const query = new URLSearchParams(list);
  query.set("fields", fields.join());
  if (mayPause) query.set("pauseAbove", String(READ_UNASKED));
  if (from) {
    query.set("unread", writeRanges(from.unread));
    query.set("total", String(from.total));
  }
  return `/lookup/stream?${query}`;
}

function writeRanges(ranges: readonly OffsetRange[]): string {
  return ranges.map(({ start, end }) => `${start}-${end ?? ""}`).join();
}

/** Twice as many ranges as a reading leaves: one for each call under way, and the list's end. */
const MAX_RANGES = 50;
/** Its six digits keep every offset below the million rows that are read at most. */
const RANGE = /^\d{1,6}-(\d{1,6})?$/;

/** Reads `200-400,600-`; empty when it is not such a list, or of more ranges or rows than are ever left. */
export function parseRanges(text: string): OffsetRange[] {
  const written = text.split(",", MAX_RANGES + 1);
  if (written.length > MAX_RANGES || !written.every((range) => RANGE.test(range))) return [];
  const ranges = written.map((range) => {
    const [start = "", end = ""] = range.split("-");
    return { start: Number(start), end: end === "" ? null : Number(end) };
  });
  return ranges.every(isRightOf) ? ranges : [];
}

/** Not empty, and behind the one before. */
function isRightOf({ start, end }: OffsetRange, index: number, ranges: OffsetRange[]): boolean {
  const before = ranges[index - 1];
  return (end === null || end > start) && (!before || (before.end !== null && before.end <= start));
}
