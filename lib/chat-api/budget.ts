/** A waiting person is `interactive`; an export, a batch or a refresh is `background`. */
export type Priority = "interactive" | "background";

type Waiter = { readonly grant: (done: () => void) => void };
type Slot = { readonly start: number; until: number };

const SECOND = 1000;
/** A little more than a second, for two clocks that do not tick alike. */
const HELD_AFTER_ANSWER = 1.005 * SECOND;
const SHORT = 100;

/**
 * The right to call one app: at most `perSecond` calls reach the vendor in any sliding second, an eighth
 * of them in any tenth of one, so that a person never stands long behind a burst of background work.
 * A waiting person always goes first. In-process: several servers share an app by dividing its number.
 */
export class Budget {
  readonly #perSecond: number;
  readonly #now: () => number;
  readonly #waiting: Record<Priority, Set<Waiter>> = {
    interactive: new Set(),
    background: new Set(),
  };
  /** In the order of their start. */
  #slots: Slot[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** @param now monotonic clock in milliseconds: the wall clock may be set back */
  constructor(perSecond: number, now: () => number = () => performance.now()) {
    this.#perSecond = perSecond;
    this.#now = now;
  }

  /**
   * Resolves when one call may be made; what it gives is to be called once that has its answer. Nobody
   * knows when between the two the vendor counts it, so its place stays taken for a second after.
   *
   * @throws the signal's reason when aborted before
   */
  acquire(priority: Priority, signal?: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const queue = this.#waiting[priority];
      const leave = () => {
        queue.delete(waiter);
        reject(signal?.reason);
      };
      const waiter: Waiter = {
        grant: (done) => {
          signal?.removeEventListener("abort", leave);
          resolve(done);
        },
      };
      signal?.addEventListener("abort", leave, { once: true });
      queue.add(waiter);
      this.#serve();
    });
  }

  #serve(): void {
    clearTimeout(this.#timer);
    for (let next = this.#next(); next; next = this.#next()) {
      const now = this.#now();
      const wait = this.#freeAt(now) - now;
      if (wait > 0) {
        this.#timer = setTimeout(() => this.#serve(), Math.ceil(wait));
        return;
      }
      for (const queue of Object.values(this.#waiting)) queue.delete(next);
      next.grant(this.#take(now));
    }
  }

  #next(): Waiter | undefined {
    for (const queue of [this.#waiting.interactive, this.#waiting.background]) {
      for (const waiter of queue) return waiter;
    }
    return undefined;
  }

  #take(start: number): () => void {
    // A call without an answer has long arrived: it must not keep the others waiting for its end.
    const slot = { start, until: start + SECOND + HELD_AFTER_ANSWER };
    this.#slots.push(slot);
    return () => {
      slot.until = Math.min(slot.until, this.#now() + HELD_AFTER_ANSWER);
      this.#serve();
    };
  }

  #freeAt(now: number): number {
    this.#slots = this.#slots.filter(({ until }) => until > now);
    const isFull = this.#slots.length >= this.#perSecond;
    const place = isFull ? Math.min(...this.#slots.map(({ until }) => until)) : now;
    const burst = this.#slots.at(-Math.ceil(this.#perSecond / 8));
    return Math.max(place, burst ? burst.start + SHORT : now);
  }
}
