import { createTranslator } from "use-intl/core";
import { expect, it } from "vitest";
import { basesOf, trendOf, trendRows } from "@/lib/channels/history/trend";
import { CsvWriter } from "@/lib/export/file-writer";
import messages from "@/lib/messages/en.json";
import { formulasIn, HOSTILE_TEXTS } from "@/lib/testing/spreadsheet-readers";
import { batchesOf, trendSheet } from "./trend-sheet";

const START = new Date("2026-03-10T12:00:00Z");
const END = new Date("2026-03-11T12:00:00Z");

const CHANNEL = { channelId: "@TOA#_1", name: "News", sampleUntil: END };

const DAY = { at: START, until: START, count: 10, least: 4, most: 18, resolution: "day" as const };
const READING = {
  at: END,
  until: END,
  count: 11,
  least: null,
  most: null,
  resolution: "reading" as const,
};

const t = createTranslator({ locale: "en", messages, namespace: "trend.file" });
const gapAt = () => Number.POSITIVE_INFINITY;

/** The head and the rows of a file of these readings, from the count on. */
async function written(
  points: readonly (typeof DAY | typeof READING)[],
  shape: { isIndex?: boolean; isSample?: boolean } = {},
) {
  const trend = trendOf([{ points, gapAt }], { from: START, to: END });
  const rows = trendRows(trend);
  const { columns } = trendSheet(t, rows, {
    ...{ isNamed: true, isIndex: false, isSample: false },
    ...shape,
  });
  const shown = columns.slice(columns.findIndex(({ id }) => id === "count"));
  const lines = [];
  for await (const part of batchesOf(rows, [CHANNEL], basesOf(trend))) {
    for (const row of part) lines.push(shown.map(({ id }) => row[id]));
  }
  return [shown.map(({ label }) => label), ...lines];
}

it("has the extremes of days and hours where there is one", async () => {
  expect(await written([DAY, READING])).toEqual([
    ["Subscribers", "Change", "Low", "High"],
    [10, null, 4, 18],
    [11, 1, null, null],
  ]);
  expect(await written([DAY, READING], { isIndex: true })).toEqual([
    ["Subscribers", "Change", "Index", "Low", "High", "Low (index)", "High (index)"],
    [10, null, 100, 4, 18, 40, 180],
    [11, 1, 110, null, null, null, null],
  ]);
});

it("has none of single readings", async () => {
  expect(await written([READING], { isIndex: true })).toEqual([
    ["Subscribers", "Change", "Index"],
    [11, null, 100],
  ]);
});

it("says until when it is sample data", async () => {
  expect(await written([READING], { isSample: true })).toEqual([
    ["Subscribers", "Change", "Sample data until"],
    [11, null, END],
  ]);
});

it.each(HOSTILE_TEXTS)("is written so that no reader runs a formula: %j", async (text) => {
  const rows = trendRows(trendOf([{ points: [READING], gapAt }], { from: START, to: END }));
  const shape = { isNamed: true, isIndex: true, isSample: true };
  const file = new CsvWriter(trendSheet(t, rows, shape));
  const channel = { channelId: text, name: text, sampleUntil: null };
  for await (const part of batchesOf(rows, [channel], [READING.count])) {
    expect(formulasIn(Buffer.from(file.write(part)).toString())).toEqual([]);
  }
});
