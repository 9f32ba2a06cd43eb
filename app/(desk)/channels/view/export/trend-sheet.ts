import type { createTranslator, Messages } from "next-intl";
import { hasExtremes, indexOf, type TrendCell, type TrendRow } from "@/lib/channels/history/trend";
import type { VisibleChannel } from "@/lib/channels/known-channel";
import type { CellKind, Sheet, SheetRow } from "@/lib/export/sheet";

type Column =
  | ("time" | "channelId" | "name" | "sampleUntil")
  | keyof TrendCell
  | ("index" | "leastIndex" | "mostIndex");

type Translate = ReturnType<typeof createTranslator<Messages, "trend.file">>;

type Shape = {
  /** Whether the role may see names. */
  readonly isNamed: boolean;
  readonly isIndex: boolean;
  /** Whether some rows are sample data. */
  readonly isSample: boolean;
};

/** Returns the columns of the file. They do not depend on the number of channels. */
export function trendSheet(
  t: Translate,
  rows: readonly TrendRow[],
  { isNamed, isIndex, isSample }: Shape,
): Sheet<Column> {
  const isRanged = hasExtremes(rows);
  const columns: readonly (readonly [id: Column, kind: CellKind, isShown: boolean])[] = [
    ["time", "time", true],
    ["channelId", "id", true],
    ["name", "text", isNamed],
    ["count", "count", true],
    ["change", "count", true],
    ["index", "count", isIndex],
    ["least", "count", isRanged],
    ["most", "count", isRanged],
    ["leastIndex", "count", isRanged && isIndex],
    ["mostIndex", "count", isRanged && isIndex],
    // Also as a column, because a CSV file has no manifest.
    ["sampleUntil", "time", isSample],
  ];
  return {
    name: "counts",
    columns: columns
      .filter(([, , isShown]) => isShown)
      .map(([id, kind]) => ({ id, label: t(id), kind })),
  };
}

/** Rows of one batch. */
const BATCH = 500;

/** Returns one row per channel and moment; null for an unknown count. */
export async function* batchesOf(
  rows: readonly TrendRow[],
  channels: readonly Pick<VisibleChannel, "channelId" | "name" | "sampleUntil">[],
  bases: readonly (number | null)[],
): AsyncGenerator<SheetRow<Column>[], void> {
  for (let begin = 0; begin < rows.length; begin += BATCH) {
    yield rows.slice(begin, begin + BATCH).flatMap(({ at, cells }) =>
      channels.map(({ channelId, name, sampleUntil }, place) => {
        const { count = null, change = null, least = null, most = null } = cells[place] ?? {};
        const inPercent = (value: number | null) => indexOf(value, bases[place] ?? null);
        return {
          ...{ time: at, channelId, name, sampleUntil, count, change, least, most },
          index: inPercent(count),
          leastIndex: inPercent(least),
          mostIndex: inPercent(most),
        };
      }),
    );
  }
}
