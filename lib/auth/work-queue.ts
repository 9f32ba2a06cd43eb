import { failure, type Result, success } from "@/lib/result";

/**
 * Lets only so many pieces of costly work run at once, and only so many wait. What is urgent waits in a
 * line of its own, which goes first.
 */
export class WorkQueue {
  #running = 0;
  readonly #urgent: (() => void)[] = [];
  readonly #others: (() => void)[] = [];

  constructor(
    private readonly atOnce: number,
    private readonly longestLine: number,
  ) {}

  /** Does the work when its turn comes; `busy` at once when the line is full. */
  async run<Value>(isUrgent: boolean, work: () => Promise<Value>): Promise<Result<Value, "busy">> {
    const line = isUrgent ? this.#urgent : this.#others;
    if (this.#running < this.atOnce) this.#running++;
    else if (line.length >= this.longestLine) return failure("busy");
    else await new Promise<void>((resolve) => line.push(resolve));
    try {
      return success(await work());
    } finally {
      // Whoever is next takes the place over.
      const next = this.#urgent.shift() ?? this.#others.shift();
      if (next) next();
      else this.#running--;
    }
  }
}
