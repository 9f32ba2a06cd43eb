import type { useFormatter } from "next-intl";
import { RelativeTime } from "./relative-time";

type InstantProps = {
  at: Date;
  /** When it was read. The time is then shown relative to now, otherwise as a date. */
  since?: Date;
  /** Passed in, because a table draws hundreds of these. */
  format: ReturnType<typeof useFormatter>;
};

/** A short time with the exact time as its title. */
export function Instant({ at, since, format }: InstantProps) {
  return (
    <time
      dateTime={at.toISOString()}
      title={format.dateTime(at, "exact")}
      className="whitespace-nowrap"
    >
      {since ? <RelativeTime at={at} readAt={since} /> : format.dateTime(at, "day")}
    </time>
  );
}
