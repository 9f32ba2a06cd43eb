import { type useFormatter, useTranslations } from "next-intl";
import { OpenMark } from "@/components/data-table/open-mark";
import { CopyMark } from "@/components/ui/copy-mark";
import type { Change } from "@/lib/channels/known-channel";
import { visibleText } from "@/lib/visible-text";
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

type IdentifierProps = {
  id: string;
  copyLabel: string;
  /** It opens the row of the table in which it stands. */
  opens?: boolean;
};

/** Longer ids lose their middle: both ends are what people compare. */
const SHOWN = 32;
const TAIL = 8;

/**
 * An id in a CopyRegion: truncated in the middle when long, copied whole. Without hooks, so that a long table may
 * call it instead of rendering a component for each cell.
 */
export function Identifier({ id, copyLabel, opens = false }: IdentifierProps) {
  const shown = visibleText(id);
  const head = shown.length > SHOWN ? shown.slice(0, -TAIL) : shown;
  const text = (
    <bdi title={shown}>
      {head === shown ? (
        shown
      ) : (
        <>
          <span>{head}</span>
          {shown.slice(-TAIL)}
        </>
      )}
    </bdi>
  );
  return (
    <span className="identifier">
      {opens ? OpenMark({ children: text }) : text}
      {CopyMark({ value: id, label: copyLabel })}
    </span>
  );
}

type ChangeTextProps = {
  change: Change;
  /** Shows the percentage below the number. */
  stacked?: boolean;
  /** Passed in, because a table draws hundreds of these. */
  format: ReturnType<typeof useFormatter>;
};

const SIGNED = { signDisplay: "exceptZero" } as const;
const PERCENT = { ...SIGNED, style: "percent" } as const;

// A common width, so that the numbers of a column are aligned.
const BESIDE = "ml-1.5 sm:in-[td]:inline-block sm:in-[td]:min-w-11";
const BELOW = "block text-dense";

/** The change of a count, absolute and in percent. Sign and color show the direction. */
export function ChangeText({ change, stacked = false, format }: ChangeTextProps) {
  const { absolute, percent } = change;
  // A small change of a large count must not show as 0%.
  const digits = { maximumFractionDigits: Math.abs(percent ?? 0) < 1 ? 2 : 1 };
  const tone = absolute > 0 ? "text-good" : absolute < 0 ? "text-bad" : "text-muted";
  return (
    <span className={`whitespace-nowrap tabular-nums ${tone}`}>
      <span>{format.number(absolute, SIGNED)}</span>
      {percent !== null && absolute !== 0 && (
        <span className={`text-muted ${stacked ? BELOW : BESIDE}`}>
          {format.number(percent / 100, { ...PERCENT, ...digits })}
        </span>
      )}
    </span>
  );
}

const KINDS = ["network", "timeout", "http", "malformed", "unreadable"] as const;

/** The reason that a refresh failed: the kind of failure, or the vendor's code with its meaning. */
export function RefreshProblem({ problem }: { problem: string }) {
  const t = useTranslations("failures");
  const kind = KINDS.find((each) => each === problem);
  if (kind) return t(`ofRefresh.${kind}`);
  const meaning = `codes.${problem}` as "codes.6017";
  return (
    <>
      <span className="font-mono">{problem}</span>{" "}
      <span>{t(t.has(meaning) ? meaning : "rejected")}</span>
    </>
  );
}
