import type { useFormatter } from "next-intl";

type InstantProps = {
  at: Date;
  /** Relative to this moment; absent for a date. */
  since?: Date;
  /** Given, not found: a table draws hundreds of these. */
  format: ReturnType<typeof useFormatter>;
};

/** A moment, short, with its exact time on hover. */
export function Instant({ at, since, format }: InstantProps) {
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
