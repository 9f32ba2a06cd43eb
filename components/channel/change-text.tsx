import type { useFormatter } from "next-intl";
import type { Change } from "@/lib/channels/known-channel";

type ChangeTextProps = {
  change: Change;
  /** The share stands below the number, where there is no room beside it. */
  stacked?: boolean;
  /** Given, not found: a table draws hundreds of these. */
  format: ReturnType<typeof useFormatter>;
};

const SIGNED = { signDisplay: "exceptZero" } as const;
const PERCENT = { ...SIGNED, style: "percent" } as const;

// As wide as most are, so that in a column the numbers before it end alike.
const BESIDE = "ml-1.5 sm:in-[td]:inline-block sm:in-[td]:min-w-11";
const BELOW = "block text-dense";

/** By how many a count has moved, and by what share. The sign says it; the colour says it again. */
export function ChangeText({ change, stacked = false, format }: ChangeTextProps) {
  const { absolute, percent } = change;
  // A small share of a large count is still no nothing.
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
