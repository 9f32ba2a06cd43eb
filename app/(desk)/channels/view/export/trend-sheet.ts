import type { createTranslator, Messages } from "next-intl";
import type { SeenChannel } from "@/lib/channels/seen-channel";
import type { TrendRow } from "@/lib/channels/trend-rows";
import type { Sheet, SheetRow } from "@/lib/export/sheet";
import type { TrendView } from "../trend-view";

type Column = "time" | "channelId" | "name" | "count" | "change" | "index";

type Translate = ReturnType<typeof createTranslator<Messages, "trend.file">>;

/** The columns of a file of counts over time: the same however many channels are in it. */
export function trendSheet(t: Translate, { channel }: TrendView, isIndex: boolean): Sheet<Column> {
  return {
    name: "counts",
    columns: [
      { id: "time", label: t("time"), kind: "time" },
      { id: "channelId", label: t("channelId"), kind: "id" },
      ...(channel.shown.includes("name")
        ? [{ id: "name" as const, label: t("name"), kind: "text" as const }]
        : []),
      { id: "count", label: t("count"), kind: "count" },
      { id: "change", label: t("change"), kind: "count" },
      ...(isIndex ? [{ id: "index" as const, label: t("index"), kind: "count" as const }] : []),
    ],
  };
}

/** Rows that are written together. */
const PART = 500;

/** A row for each channel and moment; null where nobody knows the count. */
export async function* partsOf(
  rows: readonly TrendRow[],
  channels: readonly SeenChannel[],
): AsyncGenerator<SheetRow<Column>[], void> {
  for (let begin = 0; begin < rows.length; begin += PART) {
    yield rows.slice(begin, begin + PART).flatMap(({ at, cells }) =>
      channels.map(({ channelId, name }, place) => ({
        ...{ time: at, channelId, name },
        ...cells[place],
      })),
    );
  }
}
