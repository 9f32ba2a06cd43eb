import { pick, randomFrom } from "./random";

/** How a count strays from its even growth. Everything comes again, so that any day has its events. */
export interface Course {
  /** What happens once in a cycle. */
  readonly event: "none" | "spurt" | "viral" | "purge" | "decline";
  /** The share of the count that the event adds or takes at its height. */
  readonly size: number;
  /** Days from one event to the next. */
  readonly cycle: number;
  /** Where in its cycles it is at the epoch, in days. */
  readonly phase: number;
  /** The share of the count by which it rises and falls within minutes. */
  readonly pulse: number;
  /** Seconds from one rise to the next. */
  readonly beat: number;
}

/** The course of a numbered channel: the same number gives the same course. */
export function courseOf(number: number): Course {
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

/** The days that count for growth: at the end of a week and of a day it is faster. */
export function growthDays({ phase }: Course, days: number): number {
  return days + wave(days + phase, 7, 0.9) + wave(days + phase, 1, 0.7);
}

/** By what the count is multiplied, so many days after the epoch. */
export function courseFactor(course: Course, days: number): number {
  const { pulse, beat } = course;
  const seconds = days * 86_400;
  // Two waves that meet seldom, so that it does not look like a machine.
  const rise = Math.sin((seconds / beat) * TURN) + Math.sin((seconds / (beat * 0.37)) * TURN);
  return (1 + course.size * eventShare(course, days)) * (1 + (pulse / 2) * rise);
}

const TURN = 2 * Math.PI;

/** The sum of a speed that swings around one by a share. */
function wave(days: number, period: number, share: number): number {
  return ((share * period) / TURN) * Math.sin((days / period) * TURN);
}

/** From 0 at the start of a cycle over the height of its event back to 0. */
function eventShare({ event, cycle, phase }: Course, days: number): number {
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
      // Four fifths of the time down, one fifth up again.
      return Math.min((1 - left) / 0.8, left / 0.2);
  }
}

/** The remainder that is never below zero. */
function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}

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
