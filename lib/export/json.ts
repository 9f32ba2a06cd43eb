import type { Subscription } from "@/lib/chat-api/types";
import type { ColumnId } from "@/lib/subscriptions/filter";
import type { FileWriter } from "./file-writer";
import type { Manifest } from "./manifest";

/** One object of JSON with the channels, one a line, and the manifest. */
export class JsonWriter implements FileWriter {
  readonly replacedCharacters = 0;
  #written = 0;
  readonly #columns: readonly ColumnId[];

  constructor(columns: readonly ColumnId[]) {
    this.#columns = columns;
  }

  write(rows: readonly Subscription[]): Uint8Array {
    const parts = rows.map((row) => this.#lead() + rowAsJson(row, this.#columns));
    return Buffer.from(parts.join(""));
  }

  async finish(manifest: Manifest): Promise<Uint8Array> {
    const open = this.#written === 0 ? '{"channels":[' : "\n";
    return Buffer.from(`${open}],"manifest":${JSON.stringify(manifest)}}\n`);
  }

  #lead(): string {
    this.#written += 1;
    return this.#written === 1 ? '{"channels":[\n' : ",\n";
  }
}

/** A row with our own names as keys; what is not given is null, moments are ISO 8601. */
export function rowAsJson(row: Subscription, columns: readonly ColumnId[]): string {
  const entries = columns.map((column) => [column, row[column] ?? null] as const);
  return JSON.stringify(Object.fromEntries(entries));
}
