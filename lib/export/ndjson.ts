import type { Subscription } from "@/lib/chat-api/types";
import type { ColumnId } from "@/lib/subscriptions/filter";
import type { FileWriter } from "./file-writer";
import { rowAsJson } from "./json";
import type { Manifest } from "./manifest";

/** A channel a line, and on the last line the manifest. */
export class NdjsonWriter implements FileWriter {
  readonly replacedCharacters = 0;
  readonly #columns: readonly ColumnId[];

  constructor(columns: readonly ColumnId[]) {
    this.#columns = columns;
  }

  write(rows: readonly Subscription[]): Uint8Array {
    return Buffer.from(rows.map((row) => `${rowAsJson(row, this.#columns)}\n`).join(""));
  }

  async finish(manifest: Manifest): Promise<Uint8Array> {
    return Buffer.from(`${JSON.stringify({ manifest })}\n`);
  }
}
