"use client";

import { useFormatter } from "next-intl";
import { useClock } from "@/components/ui/use-clock";

type RelativeTimeProps = {
  at: Date;
  /** When it was read. What was past then is never shown as future. */
  readAt: Date;
};

/** How long ago something was, or in how long it will be, as time goes on. */
export function RelativeTime({ at, readAt }: RelativeTimeProps) {
  return useAge(at, readAt);
}

/** As RelativeTime, for a sentence. */
export function useAge(at: Date, readAt: Date): string {
  const format = useFormatter();
  const now = useClock((time) => lastChange(at.getTime(), time), readAt);
  return format.relativeTime(at, now);
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The latest time at which the words may have changed: cells are many, and format only then. */
function lastChange(at: number, now: number): number {
  const age = now - at;
  const distance = Math.abs(age);
  // Numbers are rounded, so that they change at half a unit.
  const step = distance < MINUTE ? SECOND : distance < HOUR ? MINUTE / 2 : HOUR / 2;
  return at + Math.floor(age / step) * step;
}
