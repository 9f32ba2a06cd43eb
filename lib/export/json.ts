import type { FileManifest } from "./manifest";
import type { FileWriter, Sheet, SheetColumn, SheetRow } from "./sheet";

/** One object of JSON with the rows, one a line, and the manifest. */
export class JsonWriter<Id extends string> implements FileWriter<Id> {
  readonly replacedCharacters = 0;
  #written = 0;
  readonly #sheet: Sheet<Id>;

  constructor(sheet: Sheet<Id>) {
    this.#sheet = sheet;
  }

  write(rows: readonly SheetRow<Id>[]): Uint8Array {
    const parts = rows.map((row) => this.#lead() + rowAsJson(row, this.#sheet.columns));
    return Buffer.from(parts.join(""));
  }

  async finish(manifest: FileManifest): Promise<Uint8Array> {
    const open = this.#written === 0 ? this.#head() : "\n";
    return Buffer.from(`${open}],"manifest":${JSON.stringify(manifest)}}\n`);
  }

  #lead(): string {
    this.#written += 1;
    return this.#written === 1 ? `${this.#head()}\n` : ",\n";
  }

  #head(): string {
    return `{${JSON.stringify(this.#sheet.name)}:[`;
  }
}

/** A row with our own names as keys; what is not given is null, moments are ISO 8601. */
export function rowAsJson<Id extends string>(
  row: SheetRow<Id>,
  columns: readonly SheetColumn<Id>[],
): string {
  const entries = columns.map(({ id }) => [id, row[id] ?? null] as const);
  const unreadable = columns.flatMap(({ id }) => (row.unreadable?.includes(id) ? [id] : []));
  return JSON.stringify({
    ...Object.fromEntries(entries),
    ...(unreadable.length > 0 && { unreadable }),
  });
}
