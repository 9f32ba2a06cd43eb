import { sep } from "node:path";
import type { Worker } from "node:worker_threads";
import type { FileManifest } from "./manifest";
import type { FileWriter, Sheet, SheetRow } from "./sheet";

/** Rows of the largest workbook, which is built in memory. */
export const MAX_XLSX_ROWS = 100_000;

/** There are more rows than a workbook may have. */
export class TooManyRowsError extends Error {
  override readonly name = "TooManyRowsError";
}

/** Messages to the worker: rows, and at the end the manifest, which it answers with the file. */
export type XlsxRequest =
  | { readonly rows: readonly SheetRow[] }
  | { readonly rows?: undefined; readonly manifest: FileManifest };

const WORKER_MEMORY_MB = 1024;

/** Makes a workbook of rows and the manifest, in a thread because that takes seconds. */
export class XlsxWriter<Id extends string> implements FileWriter<Id> {
  replacedCharacters = 0;
  #rows = 0;
  readonly #worker: Worker;
  readonly #failed: Promise<never>;

  constructor(sheet: Sheet<Id>) {
    // Not imported, because the bundler would follow the path. The worker runs from the source.
    const threads = process.getBuiltinModule("node:worker_threads");
    const file = [process.cwd(), "lib", "export", "xlsx-worker.mjs"].join(sep);
    this.#worker = new threads.Worker(file, {
      workerData: sheet,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: WORKER_MEMORY_MB },
    });
    this.#failed = new Promise((_, reject) => {
      this.#worker.once("error", reject);
      this.#worker.once("exit", () => reject(new Error("The thread ended before the workbook.")));
    });
    // It is awaited at the end only.
    this.#failed.catch(() => undefined);
  }

  /** @throws TooManyRowsError */
  write(rows: readonly SheetRow<Id>[]): Uint8Array {
    this.#rows += rows.length;
    if (this.#rows > MAX_XLSX_ROWS) throw new TooManyRowsError("The workbook would be too large.");
    this.#send({ rows });
    return new Uint8Array();
  }

  async finish(manifest: FileManifest): Promise<Uint8Array> {
    const made = new Promise<{ bytes: Uint8Array; replacedCharacters: number }>((resolve) => {
      this.#worker.once("message", resolve);
    });
    this.#send({ manifest });
    const { bytes, replacedCharacters } = await Promise.race([made, this.#failed]);
    this.replacedCharacters = replacedCharacters;
    return bytes;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #send(request: XlsxRequest): void {
    this.#worker.postMessage(request);
  }
}
