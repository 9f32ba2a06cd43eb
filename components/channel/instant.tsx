"use client";

import { useFormatter } from "next-intl";

type InstantProps = {
  at: Date;
  /** Relative to this moment; absent for a date. */
  since?: Date;
};

/** A moment, short, with its exact time on hover. */
export function Instant({ at, since }: InstantProps) {
  const format = useFormatter();
  return (
    <time
      dateTime={at.toISOString()}
      title={format.dateTime(at, "exact")}
      className="whitespace-nowrap"
    >
      {since ? format.relativeTime(at, since) : format.dateTime(at, "day")}
    </time>
  );
}
