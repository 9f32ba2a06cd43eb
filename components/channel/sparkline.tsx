import { useFormatter, useTranslations } from "next-intl";

type SparklineProps = {
  /** One value per day, oldest first; null if unknown. */
  values: readonly (number | null)[];
};

const WIDTH = 96;
const HEIGHT = 24;
const EDGE = 2;

/** A small line of counts in a table cell. Its label has the first and the last count. */
export function Sparkline({ values }: SparklineProps) {
  const t = useTranslations("sparkline");
  const format = useFormatter();
  const begin = values.findIndex((value) => value !== null);
  const end = values.findLastIndex((value) => value !== null);
  const [first, last] = [values[begin] ?? null, values[end] ?? null];
  if (first === null || last === null) return null;
  const [from, to] = [format.number(first), format.number(last)];
  // The label has the days between the known counts, not the whole period.
  const label =
    begin === end ? t("single", { count: to }) : t("course", { from, to, days: end - begin + 1 });
  return (
    <svg
      role="img"
      aria-label={label}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className="inline-block align-middle text-accent-ink"
    >
      <title>{label}</title>
      {pieces(values).map((points) => {
        const [start = "", another] = points;
        const [x, y] = start.split(",");
        if (!another) return <circle key={start} cx={x} cy={y} r={1.5} fill="currentColor" />;
        return (
          <polyline
            key={start}
            points={points.join(" ")}
            fill="none"
            stroke="currentColor"
            strokeWidth={1.5}
            strokeLinejoin="round"
          />
        );
      })}
    </svg>
  );
}

/** Returns the points of each line without a gap, as `x,y`. */
function pieces(values: readonly (number | null)[]): string[][] {
  const known = values.filter((value) => value !== null);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const step = (WIDTH - 2 * EDGE) / Math.max(1, values.length - 1);
  const found: string[][] = [];
  let isGap = true;
  for (const [index, value] of values.entries()) {
    if (value === null) {
      isGap = true;
      continue;
    }
    // A constant count is drawn in the middle.
    const share = most === least ? 0.5 : (value - least) / (most - least);
    const y = HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE);
    if (isGap) found.push([]);
    found.at(-1)?.push(`${(EDGE + index * step).toFixed(1)},${y.toFixed(1)}`);
    isGap = false;
  }
  return found;
}
