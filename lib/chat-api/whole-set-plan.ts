import { MAX_LIMIT } from "./official-accounts";
import type { Subscription, SubscriptionPage } from "./types";
import type { OffsetRange, WholeSetProgress } from "./whole-set-progress";

/** Answers in a row without any new channel that are followed before the list counts as endless. */
const MAX_BARREN = 10;
/** Far more than anybody follows: a list that goes on beyond it counts as endless. */
const MAX_ROWS = 1_000_000;

/** Where an earlier reading stopped: what it left unread, and the vendor's count at that time. */
export type Continuation = { readonly unread: readonly OffsetRange[]; readonly total: number };

/** Decides which offsets are asked for next, and keeps count. Makes no calls. */
export class WholeSetPlan {
  readonly #seen = new Set<string>();
  readonly #continuations: OffsetRange[] = [];
  readonly #asked = new Set<OffsetRange>();
  /** First offset not yet planned, while the count shows the way; null while only `Next` does. */
  #planned: number | null = null;
  #furthest = 0;
  #ended = false;
  #barren = 0;
  #progress: WholeSetProgress = {
    read: 0,
    total: 0,
    answers: 0,
    duplicates: 0,
    totalChanged: false,
  };

  /** @param from absent for a reading from the start. Only its own channels are counted then. */
  constructor(from?: Continuation) {
    if (!from) {
      this.#continuations.push({ start: 0, end: null });
      return;
    }
    for (const { start, end } of from.unread) {
      if (end === null) this.#planned = start;
      else for (const page of pagesOf(start, end)) this.#continuations.push(page);
    }
    this.#ended = this.#planned === null;
    this.#furthest = this.#planned ?? 0;
    this.#progress = { ...this.#progress, total: from.total };
  }

  get progress(): WholeSetProgress {
    return this.#progress;
  }

  /** Whether the vendor gives no end to go to. */
  get endless(): boolean {
    return this.#barren >= MAX_BARREN || this.#seen.size > MAX_ROWS;
  }

  /** The next range to ask for, or null when there is none until another answer has come. */
  take(): OffsetRange | null {
    const range = this.#continuations.shift() ?? this.#nextPlanned() ?? this.#tail();
    if (range) this.#asked.add(range);
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
    const { answers, total, totalChanged, duplicates } = this.#progress;
    this.#progress = {
      read: this.#seen.size,
      total: page.total,
      answers: answers + 1,
      duplicates: duplicates + page.subscriptions.length - fresh.length,
      totalChanged: totalChanged || (answers > 0 && page.total !== total),
    };
    // An answer that says the list is complete has nothing to give, and no fault.
    this.#barren = fresh.length > 0 || page.nextOffset === null ? 0 : this.#barren + 1;
    this.#follow(range, page);
    return fresh;
  }

  /** The ranges of which nothing is known, in order. */
  unread(): OffsetRange[] {
    const rest = this.#ended ? [] : [{ start: this.#planned ?? this.#furthest, end: null }];
    const ranges = [...this.#asked, ...this.#continuations, ...rest];
    return merged(ranges.sort((a, b) => a.start - b.start));
  }

  #follow(range: OffsetRange, page: SubscriptionPage): void {
    if (page.nextOffset === null) {
      this.#ended = true;
      return;
    }
    this.#furthest = Math.max(this.#furthest, page.nextOffset);
    if (
      range.start === 0 &&
      page.nextOffset === MAX_LIMIT &&
      page.subscriptions.length === MAX_LIMIT
    ) {
      this.#planned = MAX_LIMIT;
    } else if (range.end !== null && page.nextOffset < range.end) {
      this.#continuations.push({ start: page.nextOffset, end: range.end });
    }
  }

  #nextPlanned(): OffsetRange | null {
    if (this.#ended || this.#planned === null || this.#planned >= this.#progress.total) return null;
    const start = this.#planned;
    this.#planned += MAX_LIMIT;
    return { start, end: this.#planned };
  }

  /** Beyond the count, and where the count is no guide, the vendor's own `Next` is followed. */
  #tail(): OffsetRange | null {
    if (this.#ended || this.#asked.size > 0) return null;
    return { start: this.#furthest, end: null };
  }
}

function pagesOf(start: number, end: number): OffsetRange[] {
  const pages: OffsetRange[] = [];
  for (let at = start; at < end; at += MAX_LIMIT) {
    pages.push({ start: at, end: Math.min(end, at + MAX_LIMIT) });
  }
  return pages;
}

function merged(ranges: readonly OffsetRange[]): OffsetRange[] {
  const result: OffsetRange[] = [];
  for (const range of ranges) {
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
