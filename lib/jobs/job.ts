/** What the desk does again and again, whichever of its instances has the turn. */
export type Job = {
  /** By which all instances know it. */
  readonly name: string;
  /** From the start of one run to the start of the next. */
  readonly everyMs: number;
  /** The signal aborts when the instance stops, or has lost its turn to another one. */
  readonly run: (now: Date, signal: AbortSignal) => Promise<void>;
};
