/** One row of the table: what was measured, beside a raw script of the same run and the target. */
export type Figure = {
  readonly what: string;
  readonly unit:
    | "ms"
    | "KiB"
    | "MiB"
    | "MB"
    | "calls"
    | "requests"
    | "tasks"
    | "frames"
    | "a second";
  /** The median where there are many. */
  readonly value: number;
  readonly p95?: number;
  /** The same done with nothing in between, measured in the same run. */
  readonly raw?: { readonly what: string; readonly value: number };
  readonly target?: { readonly most: number } | { readonly least: number };
};

const HEAD = ["what", "measured", "raw script, same run", "ratio", "target", ""];

/** The head of a table in Markdown. */
export const TABLE_HEAD = [HEAD, HEAD.map(() => "---")].map(line).join("\n");

/** Its rows. */
export function tableRows(figures: readonly Figure[]): string {
  return figures.map((figure) => line(cells(figure))).join("\n");
}

function line(row: readonly string[]): string {
  return `| ${row.join(" | ")} |`;
}

function cells({ what, unit, value, p95, raw, target }: Figure): string[] {
  const show = (number: number) => `${shown(number)} ${unit}`;
  return [
    what,
    p95 === undefined ? show(value) : `${show(value)}, p95 ${shown(p95)}`,
    raw ? `${show(raw.value)}: ${raw.what}` : "",
    raw ? `× ${(value / raw.value).toFixed(2)}` : "",
    target ? ("most" in target ? `≤ ${show(target.most)}` : `≥ ${show(target.least)}`) : "",
    target ? (isMet(value, target) ? "met" : "**missed**") : "",
  ];
}

function isMet(value: number, target: NonNullable<Figure["target"]>): boolean {
  return "most" in target ? value <= target.most : value >= target.least;
}

/** Three figures are as many as a noisy machine can tell. */
function shown(number: number): string {
  return Number(number.toPrecision(3)).toLocaleString("en");
}

/** The value that `share` of all values do not exceed; `share` in (0, 1]. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The most moments that any window of this length holds; its end counts to the next one. */
export function mostInWindow(ascending: readonly number[], length: number): number {
  let most = 0;
  let start = 0;
  for (const [index, at] of ascending.entries()) {
    while ((ascending[start] ?? at) <= at - length) start += 1;
    most = Math.max(most, index + 1 - start);
  }
  return most;
}
