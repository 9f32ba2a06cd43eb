import type { Field } from "@/lib/chat-api/types";
import type { OffsetRange } from "@/lib/chat-api/whole-set-progress";

/** Rows that are read without asking: above, somebody is first told how many calls it takes. */
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

/** Characters of more ranges than calls are ever under way. */
const MAX_RANGES_TEXT = 1000;

/** Reads `200-400,600-`; empty when it is not such a list, or of more rows than are ever read. */
export function parseRanges(text: string): OffsetRange[] {
  if (text.length > MAX_RANGES_TEXT) return [];
  if (!/^\d{1,6}-(\d{1,6})?(,\d{1,6}-(\d{1,6})?)*$/.test(text)) return [];
  const ranges = text.split(",").map((range) => {
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
