import fc from "fast-check";
import { expect, it } from "vitest";
import type { Subscription } from "@/lib/chat-api/types";
import type { ColumnId } from "@/lib/subscriptions/filter";
import { createFileWriter } from "./file-writer";
import { sheetOf } from "./sheet";

const columns = ["createdAt", "name", "channelId", "subscriberCount"] as const;
const sheet = sheetOf(columns, {} as Record<ColumnId, string>);
// The writers pass it on as it is.
const manifest = { outcome: "complete", writtenRows: 2 } as never;

const rowsOfAnything = fc.array(
  fc.record({
    // Half characters, NUL and line separators too.
    channelId: fc.string({ unit: "binary" }),
    name: fc.option(fc.string({ unit: "binary" })),
    subscriberCount: fc.option(fc.maxSafeNat()),
    createdAt: fc.option(fc.date({ noInvalidDate: true })),
    ownerId: fc.constant("not a column"),
  }),
);

async function write(format: "json" | "ndjson", rows: readonly Subscription[]) {
  const writer = await createFileWriter(format, sheet);
  const parts = [writer.write(rows.slice(0, 2)), writer.write(rows.slice(2))];
  parts.push(await writer.finish(manifest));
  expect(writer.replacedCharacters).toBe(0);
  return Buffer.concat(parts).toString("utf8");
}

const expected = (rows: readonly Subscription[]) =>
  rows.map(({ createdAt, name, channelId, subscriberCount }) => ({
    createdAt: createdAt?.toISOString() ?? null,
    name,
    channelId,
    subscriberCount,
  }));

it("is one object with every channel and the manifest, whatever they hold", async () => {
  await fc.assert(
    fc.asyncProperty(rowsOfAnything, async (rows) => {
      const value = JSON.parse(await write("json", rows));
      expect(value).toEqual({ channels: expected(rows), manifest });
      for (const channel of value.channels) expect(Object.keys(channel)).toEqual(columns);
    }),
  );
});

it("is a channel a line as NDJSON, and the manifest on the last", async () => {
  await fc.assert(
    fc.asyncProperty(rowsOfAnything, async (rows) => {
      const lines = (await write("ndjson", rows)).split("\n");
      expect(lines.pop()).toBe("");
      expect(JSON.parse(lines.pop() ?? "")).toEqual({ manifest });
      expect(lines.map((line) => JSON.parse(line))).toEqual(expected(rows));
    }),
  );
});
