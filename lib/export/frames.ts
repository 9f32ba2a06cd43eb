import type { Failure } from "@/lib/failure";
import type { ExportEvent } from "./events";
import type { FileManifest } from "./manifest";

/** What a browser is told while a file is made, a line of JSON each. The last is `done` or `failure`. */
export type Frame<About extends FileManifest> =
  | { readonly progress: { readonly read: number; readonly total: number } }
  /** Bytes of the file in base64. */
  | { readonly chunk: string }
  | { readonly manifest: About }
  | { readonly done: { readonly fileName: string; readonly rows: number } }
  | { readonly failure: Failure };

/** The same events for a program that shows progress: a failure is then something to read, too. */
export async function* framesOf<About extends FileManifest>(
  events: AsyncIterable<ExportEvent<About>>,
  fileName: string,
  failureOf: (error: unknown) => Failure,
): AsyncGenerator<Uint8Array, void> {
  try {
    for await (const event of events) {
      for (const frame of toFrames(event, fileName)) yield line(frame);
    }
  } catch (error) {
    yield line({ failure: failureOf(error) });
  }
}

function toFrames<About extends FileManifest>(
  event: ExportEvent<About>,
  fileName: string,
): Frame<About>[] {
  switch (event.type) {
    case "progress":
      return [{ progress: { read: event.read, total: event.total } }];
    case "bytes":
      return [{ chunk: Buffer.from(event.bytes).toString("base64") }];
    case "end": {
      const { manifest } = event;
      return [{ manifest }, { done: { fileName, rows: manifest.writtenRows } }];
    }
  }
}

function line(frame: Frame<FileManifest>): Uint8Array {
  return Buffer.from(`${JSON.stringify(frame)}\n`);
}
