import type { useFormatter } from "next-intl";
import type { Change } from "@/lib/channels/known-channel";

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
