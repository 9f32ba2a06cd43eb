import {
  type OffsetRange,
  outcomeOf,
  type Subscription,
  type WholeSetProgress,
} from "@/lib/chat-api/types";
import type { Failure } from "@/lib/failure";
import type { WholeSetLine } from "./whole-set-events";

/**
 * The state of a whole set. `reading`. `complete` and `changed`: read to the end, see
 * WholeSetOutcome. `endless`. `failed`: a call failed. `paused`: a person must confirm so many
 * calls. `stopped`: cancelled by the browser.
 */
export type CollectedState =
  | "reading"
  | "complete"
  | "changed"
  | "endless"
  | "failed"
  | "paused"
  | "stopped";

/** What was read of a whole set. */
export type Collected = {
  readonly state: CollectedState;
  /** In the list's order, without duplicates. */
  readonly subscriptions: readonly Subscription[];
  /** The same, by the offset of their answers. */
  readonly pages: readonly Page[];
  readonly progress: WholeSetProgress;
  /** What a continued read has to request. */
  readonly unread: readonly OffsetRange[];
  readonly failure: Failure | null;
  /** False if the app has no such user. */
  readonly known: boolean;
  /** When the first and the latest answer came; null before. */
  readonly readFrom: Date | null;
  readonly readTo: Date | null;
  /** Milliseconds that the first answer took; 0 before. */
  readonly firstTook: number;
};

type Page = { readonly offset: number; readonly rows: readonly Subscription[] };

const EVERYTHING: readonly OffsetRange[] = [{ start: 0, end: null }];

/** Combines the answers of one read, or of several if a later one continued an earlier one. */
export class Collector {
  readonly #seen = new Set<string>();
  readonly #pages: Page[] = [];
  readonly #before: WholeSetProgress | null;
  #duplicates = 0;
  #part: WholeSetProgress | null = null;
  #end: Extract<WholeSetLine, { type: "end" }> | null = null;
  #readFrom: Date | null = null;
  #readTo: Date | null = null;
  #firstTook = 0;
  #unread: readonly OffsetRange[] = EVERYTHING;

  /** @param earlier the result of the read that this one continues */
  constructor(earlier?: Collected) {
    this.#before = earlier?.progress ?? null;
    if (!earlier) return;
    this.#unread = earlier.unread;
    this.#readFrom = earlier.readFrom;
    this.#readTo = earlier.readTo;
    this.#firstTook = earlier.firstTook;
    for (const { offset, rows } of earlier.pages) this.#put(offset, rows);
  }

  add(line: WholeSetLine): void {
    if (line.type === "end") {
      this.#end = line;
      this.#unread = line.unread;
      return;
    }
    this.#part = line.progress;
    this.#unread = line.unread;
    this.#readTo = new Date(line.at);
    this.#readFrom ??= this.#readTo;
    this.#firstTook ||= line.took;
    const fresh = line.subscriptions.filter(({ channelId }) => !this.#seen.has(channelId));
    this.#duplicates += line.subscriptions.length - fresh.length;
    this.#put(line.offset, fresh);
  }

  /** Returns what was read so far. @param stopped the read was cancelled, so no end will come */
  snapshot(stopped = false): Collected {
    const progress = this.#progress();
    return {
      state: stopped && !this.#end ? "stopped" : this.#state(progress),
      subscriptions: this.#pages.flatMap(({ rows }) => rows),
      pages: [...this.#pages],
      progress,
      unread: this.#unread,
      failure: this.#end?.failure ?? null,
      known: this.#end?.known ?? true,
      readFrom: this.#readFrom,
      readTo: this.#readTo,
      firstTook: this.#firstTook,
    };
  }

  #put(offset: number, rows: readonly Subscription[]): void {
    for (const { channelId } of rows) this.#seen.add(channelId);
    const after = this.#pages.findIndex((page) => page.offset > offset);
    this.#pages.splice(after === -1 ? this.#pages.length : after, 0, { offset, rows });
  }

  #progress(): WholeSetProgress {
    const before = this.#before;
    const part = this.#part;
    const total = part?.total ?? before?.total ?? 0;
    return {
      read: this.#seen.size,
      total,
      answers: (before?.answers ?? 0) + (part?.answers ?? 0),
      duplicates: (before?.duplicates ?? 0) + (part?.duplicates ?? 0) + this.#duplicates,
      unreadableRows: (before?.unreadableRows ?? 0) + (part?.unreadableRows ?? 0),
      totalChanged:
        Boolean(before?.totalChanged || part?.totalChanged) ||
        (before !== null && before.answers > 0 && before.total !== total),
    };
  }

  #state(progress: WholeSetProgress): CollectedState {
    const outcome = this.#end?.outcome;
    if (outcome === undefined) return "reading";
    // A part that was read to its end is judged with the parts before it.
    return outcome === "complete" || outcome === "changed" ? outcomeOf(progress) : outcome;
  }
}
