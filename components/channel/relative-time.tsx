"use client";

import { useFormatter } from "next-intl";
import { useClock } from "@/components/ui/use-clock";

type RelativeTimeProps = {
  at: Date;
  /** When it was read. A time that was past then is never shown as future. */
  readAt: Date;
  /** Shown once the time has come, for a time at which something will happen. */
  due?: string;
};

/** The distance to a time, such as "3 minutes ago". It updates itself. */
export function RelativeTime({ at, readAt, due }: RelativeTimeProps) {
  return useAge(at, readAt, due);
}

/** Returns the text of RelativeTime, for a sentence. */
export function useAge(at: Date, readAt: Date, due?: string): string {
  const format = useFormatter();
  const now = useClock((time) => lastChange(at.getTime(), time), readAt);
  return due !== undefined && at.getTime() <= now ? due : format.relativeTime(at, now);
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Returns the latest time at which the text may have changed, so that cells format only then. */
function lastChange(at: number, now: number): number {
  const age = now - at;
  const distance = Math.abs(age);
  // Rounded numbers change at half a unit.
  const step = distance < MINUTE ? SECOND : distance < HOUR ? MINUTE / 2 : HOUR / 2;
  return at + Math.floor(age / step) * step;
}

type ReadAtProps = {
  at: Date;
  /** Returns a sentence with the time and the age. */
  say: (when: { readonly time: string; readonly age: string }) => string;
};

/** The time at which the page was read. */
export function ReadAt({ at, say }: ReadAtProps) {
  const format = useFormatter();
  const age = useAge(at, at);
  return (
    <time dateTime={at.toISOString()} title={format.dateTime(at, "exact")} className="tabular-nums">
      {say({ time: format.dateTime(at, "time"), age })}
    </time>
  );
}
