import { pick, randomFrom } from "./random";

/** How a count deviates from even growth. Everything repeats, so that any day has events. */
export interface Curve {
  /** The event of each cycle. */
  readonly event: "none" | "spurt" | "viral" | "purge" | "decline";
  /** The share of the count that the event adds or removes at its peak. */
  readonly size: number;
  /** Days between two events. */
  readonly cycle: number;
  /** Its position in the cycle at the epoch, in days. */
  readonly phase: number;
  /** The share of the count by which it fluctuates within minutes. */
  readonly pulse: number;
  /** Seconds between two fluctuations. */
  readonly beat: number;
}

/** Returns the movement of a numbered channel, always the same one. */
export function curveOf(number: number): Curve {
  const random = randomFrom(number + 1_000_000);
  const chance = random();
  const between = (least: number, most: number) => least + random() * (most - least);
  const cycle = between(45, 75);
  const common = {
    cycle,
    phase: random() * cycle,
    pulse: random() < 0.5 ? between(0.0004, 0.002) : 0,
    beat: between(240, 2400),
  };
  if (chance < 0.35) return { ...common, event: "none", size: 0 };
  if (chance < 0.6) {
    return { ...common, event: "spurt", size: between(0.02, 0.12), cycle: between(14, 30) };
  }
  if (chance < 0.68) return { ...common, event: "viral", size: between(0.3, 1.6) };
  if (chance < 0.75) return { ...common, event: "purge", size: -between(0.1, 0.35) };
  const size = -between(0.1, 0.5);
  return { ...common, event: "decline", size, cycle: pick(random, [150, 200, 300]) };
}

/** Returns the days that count for growth, which is faster at the end of a week and a day. */
export function growthDays({ phase }: Curve, days: number): number {
  return days + wave(days + phase, 7, 0.9) + wave(days + phase, 1, 0.7);
}

/** Returns the factor of the count, this many days after the epoch. */
export function curveFactor(curve: Curve, days: number): number {
  const { pulse, beat } = curve;
  const seconds = days * 86_400;
  // Two waves that rarely coincide, so that it looks natural.
  const rise = Math.sin((seconds / beat) * TURN) + Math.sin((seconds / (beat * 0.37)) * TURN);
  return (1 + curve.size * eventShare(curve, days)) * (1 + (pulse / 2) * rise);
}

const TURN = 2 * Math.PI;

/** Integrates a rate that oscillates around one. */
function wave(days: number, period: number, share: number): number {
  return ((share * period) / TURN) * Math.sin((days / period) * TURN);
}

/** Rises from 0 at the start of a cycle to the peak of its event and falls back to 0. */
function eventShare({ event, cycle, phase }: Curve, days: number): number {
  const since = modulo(days + phase, cycle);
  const left = 1 - since / cycle;
  switch (event) {
    case "none":
      return 0;
    case "spurt":
      return (1 - Math.exp(-since)) * left;
    case "viral":
      return (1 - Math.exp(-since * 4)) * Math.exp(-since / 15) * left;
    case "purge":
      return (1 - Math.exp(-since * 40)) * left;
    case "decline":
      // Falls for four fifths of the time and rises for one fifth.
      return Math.min((1 - left) / 0.8, left / 0.2);
  }
}

/** Returns the non-negative remainder. */
function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}

const DAY = 86_400;

/** Recurring pauses without messages, in seconds. */
export interface Pauses {
  /** From the end of one pause to the end of the next. */
  readonly cycle: number;
  readonly length: number;
  /** The end of one pause. */
  readonly end: number;
}

/** Returns the pauses of a numbered channel; most have none. */
export function pausesOf(number: number, near: number): { readonly pauses?: Pauses } {
  const random = randomFrom(number + 2_000_000);
  if (random() < 0.7) return {};
  const cycle = Math.floor((40 + random() * 160) * DAY);
  const length = Math.floor(cycle * (0.25 + random() * 0.5));
  return { pauses: { cycle, length, end: near + Math.floor(random() * cycle) } };
}

/** Returns the pause at a time, or null. */
export function pauseAt({ cycle, length, end }: Pauses, time: number): { from: number } | null {
  const since = modulo(time - end, cycle) - (cycle - length);
  return since > 0 ? { from: time - since } : null;
}
