import type { Clock } from "@/lib/jobs/clock";

/** Time that passes only when a test says so, for any number of instances. */
export class ManualTime {
  #now: number;
  #timers = new Set<{ at: number; call: () => void; owner: object }>();

  constructor(start: Date) {
    this.#now = start.getTime();
  }

  now(): Date {
    return new Date(this.#now);
  }

  /** How many calls are waited for. */
  get pending(): number {
    return this.#timers.size;
  }

  /** The clock of one instance, and what stops it as a crash would. */
  clock(): Clock & { kill(): void } {
    const owner = {};
    let isKilled = false;
    return {
      now: () => this.now(),
      after: (ms, call) => {
        const timer = { at: this.#now + ms, call, owner };
        if (!isKilled) this.#timers.add(timer);
        return () => this.#timers.delete(timer);
      },
      kill: () => {
        isKilled = true;
        for (const timer of this.#timers) if (timer.owner === owner) this.#timers.delete(timer);
      },
    };
  }

  /** Lets time pass, with each call in its turn; `settle` waits for what a call has begun. */
  async pass(ms: number, settle: () => Promise<unknown>): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      await settle();
      const [next] = [...this.#timers].toSorted((a, b) => a.at - b.at);
      if (next === undefined || next.at > end) break;
      this.#timers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.call();
    }
    this.#now = end;
  }
}
