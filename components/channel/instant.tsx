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
  const exact = format.dateTime(at, { dateStyle: "full", timeStyle: "long" });
  return (
    <time dateTime={at.toISOString()} title={exact} className="whitespace-nowrap">
      {since ? format.relativeTime(at, since) : format.dateTime(at, { dateStyle: "medium" })}
    </time>
  );
}
