import { expect, it } from "vitest";
import type { DirectoryRow } from "./directory-row";
import { fileColumns, fileRow } from "./file-columns";

const label = (id: string) => id.toUpperCase();

it("a file has the columns of the screen in its order, the id always, and no course of a count", () => {
  const columns = fileColumns(["trend", "changeWeek", "name", "countedAt"], label);
  expect(columns.map(({ id, label: words, kind }) => [id, words, kind])).toEqual([
    ["changeWeek", "CHANGEWEEK", "count"],
    ["changeWeekPercent", "CHANGEWEEK %", "count"],
    ["name", "NAME", "text"],
    ["countedAt", "COUNTEDAT", "time"],
    ["channelId", "CHANNELID", "id"],
  ]);
  expect(fileColumns(["channelId", "tags"], label).map(({ id }) => id)).toEqual([
    "channelId",
    "tags",
  ]);
});

it("a change is two numbers, or nothing where it is not known", () => {
  const row = {
    ...{ name: "News", tags: ["a", "b"], changeDay: { absolute: -3, percent: -1.5 } },
    ...{ changeWeek: { absolute: 4, percent: null }, changeMonth: null, refreshState: "stale" },
  } as unknown as DirectoryRow;
  expect(fileRow(row, (state) => state.toUpperCase())).toMatchObject({
    ...{ name: "News", tags: "a, b", changeDay: -3, changeDayPercent: -1.5 },
    ...{ changeWeek: 4, changeWeekPercent: null, changeMonth: null, changeMonthPercent: null },
    refreshState: "STALE",
  });
});
