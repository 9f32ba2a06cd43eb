/** Counts events over the time just passed; times are milliseconds of the caller's clock. */
export class SlidingWindow {
  readonly #times: number[] = [];

  constructor(readonly lengthMs: number) {}

  count(now: number): number {
    while (this.#times[0] !== undefined && this.#times[0] <= now - this.lengthMs) {
      this.#times.shift();
    }
    return this.#times.length;
  }

  add(now: number): void {
    this.#times.push(now);
  }
}
