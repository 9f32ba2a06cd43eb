import { MAX_LIMIT } from "./official-accounts";
import type { Subscription, SubscriptionPage } from "./types";
import type { OffsetRange, WholeSetProgress } from "./whole-set-progress";

/** Answers in a row without any new channel that are followed before the list counts as endless. */
const MAX_BARREN = 10;
/** Far more than anybody follows: a list that goes on beyond it counts as endless. */
const MAX_ROWS = 1_000_000;

/** Where an earlier reading stopped: what it left unread, and the vendor's count at that time. */
export type Continuation = { readonly unread: readonly OffsetRange[]; readonly total: number };

/**
 * Decides which offsets are asked for next, and keeps count. Makes no calls. Several pages are asked for
 * at once only as far as the vendor's count says; behind an answer that ends the list nothing is.
 */
export class WholeSetPlan {
  readonly #seen = new Set<string>();
  readonly #asked = new Set<OffsetRange>();
  /** What is still to be asked for, in order. */
  #left: OffsetRange[];
  /** Whether the pages of an open range can be told from the count; else only `Next` shows the way. */
  #isPlannable: boolean;
  #progress: WholeSetProgress;
  #barren = 0;

  /** @param from absent for a reading from the start. Only its own channels are counted then. */
  constructor(from?: Continuation) {
    this.#left = from ? [...from.unread] : [{ start: 0, end: null }];
    this.#isPlannable = from !== undefined;
    this.#progress = {
      read: 0,
      total: from?.total ?? 0,
      answers: 0,
      duplicates: 0,
      unreadableRows: 0,
      totalChanged: false,
    };
  }

  get progress(): WholeSetProgress {
    return this.#progress;
  }

  /** Whether the vendor gives no end to go to. */
  get endless(): boolean {
    return this.#barren >= MAX_BARREN || this.#seen.size > MAX_ROWS;
  }

  /**
   * The next range to ask for, a page at most, or null when there is none until another answer has come.
   * The first answer is waited for: nothing else says how long the list is now. Behind the count, which
   * may be wrong, one question follows another until an answer ends the list.
   */
  take(): OffsetRange | null {
    const [first, ...others] = this.#left;
    if (!first) return null;
    const isCounted = this.#isCounted(first);
    if (this.#asked.size > 0 && (this.#progress.answers === 0 || !isCounted)) return null;
    const range = isCounted || first.end !== null ? firstPage(first) : first;
    const isAll = range.end === null || range.end === first.end;
    this.#left = isAll ? others : [{ start: range.end, end: first.end }, ...others];
    this.#asked.add(range);
    return range;
  }

  /** Notes an answer and gives its channels that had not come before. */
  add(range: OffsetRange, page: SubscriptionPage): Subscription[] {
    this.#asked.delete(range);
    const fresh = page.subscriptions.filter(({ channelId }) => {
      const isNew = !this.#seen.has(channelId);
      this.#seen.add(channelId);
      return isNew;
    });
    const { answers, total, totalChanged, duplicates, unreadableRows } = this.#progress;
    this.#progress = {
      read: this.#seen.size,
      total: page.total,
      answers: answers + 1,
      duplicates: duplicates + page.subscriptions.length - fresh.length,
      unreadableRows: unreadableRows + page.unreadableRows,
      totalChanged: totalChanged || (answers > 0 && page.total !== total),
    };
    // An answer that says the list is complete has nothing to give, and no fault.
    this.#barren = fresh.length > 0 || page.nextOffset === null ? 0 : this.#barren + 1;
    this.#follow(range, page);
    return fresh;
  }

  /** The ranges of which nothing is known, in order. */
  unread(): OffsetRange[] {
    return merged([...this.#asked, ...this.#left]);
  }

  #follow(range: OffsetRange, page: SubscriptionPage): void {
    const { nextOffset, subscriptions, unreadableRows, limit } = page;
    if (nextOffset === null) {
      this.#left = this.#left.filter(({ start }) => start < range.start);
      return;
    }
    if (range.end === null || nextOffset < range.end) {
      this.#left = merged([...this.#left, { start: nextOffset, end: range.end }]);
    }
    const isFull = nextOffset === limit && subscriptions.length + unreadableRows === limit;
    if (range.start === 0 && isFull) this.#isPlannable = true;
  }

  #isCounted({ start, end }: OffsetRange): boolean {
    return start < this.#progress.total && (end !== null || this.#isPlannable);
  }
}

function firstPage({ start, end }: OffsetRange): OffsetRange {
  return { start, end: Math.min(end ?? Number.POSITIVE_INFINITY, start + MAX_LIMIT) };
}

/** The same offsets in order, and what touches in one. */
function merged(ranges: readonly OffsetRange[]): OffsetRange[] {
  const result: OffsetRange[] = [];
  for (const range of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && (last.end === null || last.end >= range.start)) {
      const end = last.end === null || range.end === null ? null : Math.max(last.end, range.end);
      result[result.length - 1] = { start: last.start, end };
    } else {
      result.push(range);
    }
  }
  return result;
}
