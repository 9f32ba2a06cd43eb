/** Highest first: a page that a person waits for, the rest of a whole set, exports and jobs. */
const PRIORITIES = ["interactive", "wholeSet", "background"] as const;

export type Priority = (typeof PRIORITIES)[number];

type Waiter = { readonly grant: (done: () => void) => void };
type Slot = { readonly start: number; until: number };

const SECOND = 1000;
/** A little more than a second, because two clocks never run exactly alike. */
const HELD_AFTER_ANSWER = 1.005 * SECOND;
const SHORT = 100;

/**
 * Grants the calls of one app: at most `perSecond` reach the vendor in any sliding second, an eighth of
 * them in any tenth of one, so that a person never waits long behind a burst of background work. Higher
 * priorities go first, and the people of one priority take turns, however many calls each of them makes.
 * In-process: several servers share an app by dividing its number.
 */
export class Budget {
  /** By person; the next person first. */
  readonly #waiting: Readonly<Record<Priority, Map<string, Set<Waiter>>>> = {
    interactive: new Map(),
    wholeSet: new Map(),
    background: new Map(),
  };
  /** In start order. */
  #slots: Slot[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** @param now monotonic clock in milliseconds: the wall clock may be set back */
  constructor(
    private readonly perSecond: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * Resolves when one call may be made, with a function to call after the answer. The vendor may count the call at
   * any time in between, so it occupies the budget until a second after the answer.
   *
   * @param person the person for whom the call is made. Calls without one count as one more person
   * @throws the signal's reason if it aborts before
   */
  acquire(priority: Priority, signal?: AbortSignal, person = ""): Promise<() => void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const people = this.#waiting[priority];
      const leave = () => {
        const waiters = people.get(person);
        waiters?.delete(waiter);
        if (waiters?.size === 0) people.delete(person);
        reject(signal?.reason);
      };
      const waiter: Waiter = {
        grant: (done) => {
          signal?.removeEventListener("abort", leave);
          resolve(done);
        },
      };
      signal?.addEventListener("abort", leave, { once: true });
      const waiters = people.get(person);
      if (waiters) waiters.add(waiter);
      else people.set(person, new Set([waiter]));
      this.#serve();
    });
  }

  #serve(): void {
    clearTimeout(this.#timer);
    while (PRIORITIES.some((priority) => this.#waiting[priority].size > 0)) {
      const now = this.now();
      const wait = this.#freeAt(now) - now;
      if (wait > 0) {
        this.#timer = setTimeout(() => this.#serve(), Math.ceil(wait));
        return;
      }
      this.#takeNext()?.grant(this.#take(now));
    }
  }

  /** Removes the first waiter of the next person, who then moves to the end. */
  #takeNext(): Waiter | undefined {
    for (const priority of PRIORITIES) {
      const people = this.#waiting[priority];
      for (const [person, waiters] of people) {
        people.delete(person);
        const [waiter] = waiters;
        if (waiter) waiters.delete(waiter);
        if (waiters.size > 0) people.set(person, waiters);
        return waiter;
      }
    }
    return undefined;
  }

  #take(start: number): () => void {
    // A call without an answer has long arrived. It must not delay the others.
    const slot = { start, until: start + SECOND + HELD_AFTER_ANSWER };
    this.#slots.push(slot);
    return () => {
      slot.until = Math.min(slot.until, this.now() + HELD_AFTER_ANSWER);
      this.#serve();
    };
  }

  #freeAt(now: number): number {
    this.#slots = this.#slots.filter(({ until }) => until > now);
    const isFull = this.#slots.length >= this.perSecond;
    const place = isFull ? Math.min(...this.#slots.map(({ until }) => until)) : now;
    const burst = this.#slots.at(-Math.ceil(this.perSecond / 8));
    return Math.max(place, burst ? burst.start + SHORT : now);
  }
}
