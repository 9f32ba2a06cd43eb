import { expect, it } from "vitest";
import { DIRECTORY_COLUMNS, type DirectoryColumnId } from "@/lib/channels/directory/search-params";
import { CsvWriter } from "@/lib/export/file-writer";
import { formulasIn, HOSTILE_TEXTS } from "@/lib/testing/spreadsheet-readers";
import type { DirectoryRow } from "../directory";
import { fileColumns, fileRow } from "./file-columns";

it("puts the address of the picture last", () => {
  const ids = fileColumns(["avatarUrl", "name", "tags"], (id) => id).map(({ id }) => id);
  expect(ids).toEqual(["name", "tags", "channelId", "avatarUrl"]);
});

it.each(HOSTILE_TEXTS)("writes known channels so that no reader runs a formula: %j", (text) => {
  const texts = Object.fromEntries(DIRECTORY_COLUMNS.map((id) => [id, text]));
  const row = { ...texts, tags: [text, text], changeDay: { absolute: -5, percent: -0.5 } };
  const columns = fileColumns(DIRECTORY_COLUMNS, (id: DirectoryColumnId) => id);
  const file = new CsvWriter({ name: "channels", columns });
  const rows = [fileRow(row as unknown as DirectoryRow, (state) => state)];
  expect(formulasIn(Buffer.from(file.write(rows)).toString())).toEqual([]);
});
