import type { createFormatter, createTranslator, Messages } from "next-intl";
import type { ChartData } from "@/components/chart/chart-data";
import type { NamedChannel } from "@/lib/channels/seen-channel";
import { indexOf, type Trend } from "@/lib/channels/trend";
import type { TrendView } from "./trend-view";

/** The same numbers as lines: counts, or percents of the first known count of each. */
export function chartOf(
  { moments, series }: Trend,
  { from, to }: TrendView["range"],
  messages: readonly Date[],
  channels: readonly NamedChannel[],
  isIndex: boolean,
): ChartData {
  return {
    from: from.getTime(),
    to: to.getTime(),
    moments,
    marks: messages.map((at) => at.getTime()),
    lines: series.map(({ counts, least, most, base }, place) => {
      const told = (values: readonly (number | null)[]) =>
        isIndex ? values.map((value) => indexOf(value, base)) : values;
      return {
        id: channels[place]?.id ?? "",
        label: channels[place]?.name ?? "",
        values: told(counts),
        least: told(least),
        most: told(most),
      };
    }),
  };
}

type Words = {
  readonly t: ReturnType<typeof createTranslator<Messages, "trend">>;
  readonly format: ReturnType<typeof createFormatter>;
  readonly at: (moment: Date) => string;
};

/** What a chart shows, in a sentence for each line. */
export function summaryOf(
  { series }: Trend,
  { from, to }: TrendView["range"],
  channels: readonly NamedChannel[],
  { t, format, at }: Words,
): string {
  const lines = series.map(({ counts }, place) => {
    const known = counts.filter((count) => count !== null);
    const name = channels[place]?.name ?? "";
    if (known.length === 0) return t("summary.nothing", { name });
    // After its last reading another line may go on: that is no gap.
    const gaps = counts
      .slice(
        0,
        counts.findLastIndex((count) => count !== null),
      )
      .filter((count, index) => count === null && isKnown(counts[index - 1]));
    const number = (count: number | undefined) => format.number(count ?? 0);
    return t("summary.line", {
      name,
      first: number(known[0]),
      last: number(known.at(-1)),
      least: number(Math.min(...known)),
      most: number(Math.max(...known)),
      gaps: gaps.length,
    });
  });
  return [t("summary.range", { from: at(from), to: at(to) }), ...lines].join(" ");
}

function isKnown(count: number | null | undefined): boolean {
  return count !== null && count !== undefined;
}
