/** A waiting person is `interactive`; an export, a batch or a refresh is `background`. */
export type Priority = "interactive" | "background";

type Waiter = { readonly grant: () => void };

/** Calls reach the vendor a little unevenly: this much is left between what we count and what it counts. */
const MARGIN = 1.02;

/**
 * The right to call one app: at most `perSecond` calls in any sliding second, a tenth of them in any
 * sliding tenth of one, so that a person never stands long behind a burst of background work.
 * A waiting person always goes first. In-process: several servers share an app by dividing its number.
 */
export class Budget {
  readonly #windows: readonly { readonly ms: number; readonly calls: number }[];
  readonly #now: () => number;
  readonly #waiting: Record<Priority, Set<Waiter>> = {
    interactive: new Set(),
    background: new Set(),
  };
  #grants: number[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** @param now monotonic clock in milliseconds: the wall clock may be set back */
  constructor(perSecond: number, now: () => number = () => performance.now()) {
    this.#windows = [
      { ms: 1000 * MARGIN, calls: perSecond },
      { ms: 100 * MARGIN, calls: Math.ceil(perSecond / 10) },
    ];
    this.#now = now;
  }

  /** Resolves when one call may be made; rejects with the signal's reason when aborted before. */
  acquire(priority: Priority, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const queue = this.#waiting[priority];
      const leave = () => {
        queue.delete(waiter);
        reject(signal?.reason);
      };
      const waiter: Waiter = {
        grant: () => {
          signal?.removeEventListener("abort", leave);
          resolve();
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
      const wait = this.#freeAt() - this.#now();
      if (wait > 0) {
        this.#timer = setTimeout(() => this.#serve(), Math.ceil(wait));
        return;
      }
      this.#grants.push(this.#now());
      for (const queue of Object.values(this.#waiting)) queue.delete(next);
      next.grant();
    }
  }

  #next(): Waiter | undefined {
    for (const queue of [this.#waiting.interactive, this.#waiting.background]) {
      for (const waiter of queue) return waiter;
    }
    return undefined;
  }

  #freeAt(): number {
    const oldest = this.#now() - 1000 * MARGIN;
    this.#grants = this.#grants.filter((at) => at > oldest);
    return Math.max(...this.#windows.map(({ ms, calls }) => (this.#grants.at(-calls) ?? -ms) + ms));
  }
}
