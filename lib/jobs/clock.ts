/** By how much the clocks of instances differ at most, in milliseconds: what is later is of a wrong one. */
export const CLOCK_SKEW_MS = 300_000;

/** The time, and how to be called at a later one. */
export type Clock = {
  now(): Date;
  /** Calls once, after so many milliseconds; gives the function that calls it off. */
  after(ms: number, call: () => void): () => void;
};

/** The machine's. Nothing that waits by it keeps the process alive. */
export const SYSTEM_CLOCK: Clock = {
  now: () => new Date(),
  after: (ms, call) => {
    const timer = setTimeout(call, ms).unref();
    return () => clearTimeout(timer);
  },
};
