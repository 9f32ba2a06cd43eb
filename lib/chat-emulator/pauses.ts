import { modulo } from "./course";
import { randomFrom } from "./random";

const DAY = 86_400;

/** When a channel sends nothing, again and again; all in seconds. */
export interface Pauses {
  /** From the end of one pause to the end of the next. */
  readonly cycle: number;
  readonly length: number;
  /** The end of one of them. */
  readonly end: number;
}

/** The pauses of a numbered channel; most make none. */
export function pausesOf(number: number, near: number): { readonly pauses?: Pauses } {
  const random = randomFrom(number + 2_000_000);
  if (random() < 0.7) return {};
  const cycle = Math.floor((40 + random() * 160) * DAY);
  const length = Math.floor(cycle * (0.25 + random() * 0.5));
  return { pauses: { cycle, length, end: near + Math.floor(random() * cycle) } };
}

/** The pause in which a time falls, or null. */
export function pauseAt({ cycle, length, end }: Pauses, time: number): { from: number } | null {
  const since = modulo(time - end, cycle) - (cycle - length);
  return since > 0 ? { from: time - since } : null;
}
