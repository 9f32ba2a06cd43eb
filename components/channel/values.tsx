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
  /** Shown instead of a time that has passed. */
  due?: string;
  /** Passed in, because a table draws hundreds of these. */
  format: ReturnType<typeof useFormatter>;
};

/** A short time with the exact time as its title. */
export function Instant({ at, since, due, format }: InstantProps) {
  return (
    <time
      dateTime={at.toISOString()}
      title={format.dateTime(at, "exact")}
      className="whitespace-nowrap"
    >
      {since ? <RelativeTime at={at} readAt={since} due={due} /> : format.dateTime(at, "day")}
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
  /** Where the percentage stands, or that it stands alone. */
  percent?: "beside" | "below" | "alone";
  /** Passed in, because a table draws hundreds of these. */
  format: ReturnType<typeof useFormatter>;
};

// A common width, so that the numbers of a column are aligned.
const BESIDE = "ml-1.5 sm:in-[td]:inline-block sm:in-[td]:min-w-11";
const BELOW = "block text-dense";

/** Returns a number with a plus or a minus sign. A hyphen is too short to be seen beside digits. */
export function signedNumber(
  format: ReturnType<typeof useFormatter>,
  value: number,
  options: { readonly style?: "percent"; readonly maximumFractionDigits?: number } = {},
): string {
  return format.number(value, { signDisplay: "exceptZero", ...options }).replace("-", "\u2212");
}

/** Less is not written in digits. */
const SMALLEST_PERCENT = 0.01;

/** Returns a signed percentage. A small change of a large count is "+<0.01%", never 0%. */
function percentText(format: ReturnType<typeof useFormatter>, percent: number): string {
  const size = Math.abs(percent);
  if (size > 0 && size < SMALLEST_PERCENT / 2) {
    const least = format.number(SMALLEST_PERCENT / 100, { style: "percent", ...TWO_DIGITS });
    return `${percent < 0 ? "\u2212" : "+"}<${least}`;
  }
  const digits = size < 1 ? TWO_DIGITS : { maximumFractionDigits: 1 };
  return signedNumber(format, percent / 100, { style: "percent", ...digits });
}

const TWO_DIGITS = { maximumFractionDigits: 2 } as const;

/** The change of a count, absolute and in percent. Sign and color show the direction. */
export function ChangeText({ change, percent: place = "beside", format }: ChangeTextProps) {
  const { absolute, percent } = change;
  const tone = absolute > 0 ? "text-good" : absolute < 0 ? "text-bad" : "text-muted";
  const percentage = percent !== null && percentText(format, percent);
  if (place === "alone") return <span className={`tabular-nums ${tone}`}>{percentage}</span>;
  return (
    <span className={`whitespace-nowrap tabular-nums ${tone}`}>
      <span>{signedNumber(format, absolute)}</span>
      {percentage && absolute !== 0 && (
        <span className={`text-muted ${place === "below" ? BELOW : BESIDE}`}>{percentage}</span>
      )}
    </span>
  );
}

const KINDS = ["network", "timeout", "http", "malformed", "unreadable"] as const;

/** Why a call or a request failed, in words: a kind of failure, a code of the API (with its number) or our own. */
export function ProblemCode({ code }: { code: string }) {
  const t = useTranslations("failures");
  const kind = KINDS.find((each) => each === code);
  if (kind) return t(`ofRefresh.${kind}`);
  const refusal = `${code}.happened` as "notAllowed.happened";
  if (t.has(refusal)) return t(refusal, { received: "none", expected: "" });
  if (code === "bug") return t("bug");
  const meaning = `codes.${code}` as "codes.6017";
  return (
    <>
      <span className="font-mono">{visibleText(code)}</span>
      {/^\d+$/.test(code) && <span> {t(t.has(meaning) ? meaning : "rejected")}</span>}
    </>
  );
}
