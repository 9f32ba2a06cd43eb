import { z } from "zod";
import type { AuditTrail, Ending } from "@/lib/audit/record";
import { byteStream, isAbortError } from "@/lib/byte-stream";
import { ChatApiError } from "@/lib/chat-api/errors";
import type { Failure } from "@/lib/failure";
import type { ExportEvent } from "./file-writer";
import {
  attachment,
  CSV_SEPARATORS,
  type CsvSeparator,
  EXPORT_FORMATS,
  type ExportFormat,
  exportFileName,
  fileExtension,
  MEDIA_TYPES,
} from "./formats";
import type { FileManifest } from "./manifest";
import { TooManyRowsError } from "./xlsx";

/** The parameters of every export URL. */
export const fileShape = {
  format: z.enum(EXPORT_FORMATS),
  /** Null: the person's own preference. */
  separator: z.enum(CSV_SEPARATORS).nullable(),
};

/** The IDs of the selected rows. Null: all rows that match. */
export const selectedShape = z.array(z.string().min(1).max(200)).min(1).max(10_000).nullable();

/** Returns the selected rows that a request posts. An invalid body fails in `selectedShape`. */
export async function postedSelection(request: Request): Promise<unknown> {
  const body: unknown = await request.json().catch(() => null);
  return { selected: null, ...Object(body) }.selected ?? [];
}

export function askedFile(address: URLSearchParams) {
  return { format: address.get("format"), separator: address.get("separator") };
}

type Events<About extends FileManifest> = AsyncGenerator<ExportEvent<About>, void>;

type NamedFile = {
  /** The content in one word, for the file name. */
  readonly what: string;
  readonly at: Date;
  readonly format: ExportFormat;
  readonly separator: CsvSeparator;
};

/**
 * Answers with the file, or with frames that also tell the progress where a program accepts those. What
 * `failureOf` does not take for a failure it throws, and the answer breaks off.
 */
export async function exportAnswer<About extends FileManifest>(
  request: Request,
  events: Events<About>,
  { what, at, format, separator }: NamedFile,
  failureOf: (error: unknown) => Failure = rethrow,
): Promise<Response> {
  const extension = fileExtension(format, separator);
  const fileName = exportFileName(what, at, extension);
  if (request.headers.get("accept")?.includes(MEDIA_TYPES.ndjson)) {
    return new Response(byteStream(framesOf(events, fileName, failureOf)), {
      headers: {
        "cache-control": "no-store",
        "content-type": MEDIA_TYPES.ndjson,
        // A buffering proxy would hide the progress.
        "x-accel-buffering": "no",
      },
    });
  }
  const bytes = bytesOf(events);
  // A failure before the first byte still gets its own status.
  const first = await bytes.next().catch((error: unknown) => {
    if (error instanceof TooManyRowsError) return failureOf(error);
    throw error;
  });
  if ("code" in first) return Response.json({ failure: first }, { status: 400 });
  const all = async function* () {
    if (!first.done) yield first.value;
    yield* bytes;
  };
  return new Response(byteStream(all()), {
    headers: {
      "cache-control": "no-store",
      "content-type": MEDIA_TYPES[extension],
      "content-disposition": attachment(fileName),
    },
  });
}

function rethrow(error: unknown): never {
  throw error;
}

async function* bytesOf(events: Events<FileManifest>): AsyncGenerator<Uint8Array, void> {
  for await (const event of events) if (event.type === "bytes") yield event.bytes;
}

/** Messages to a browser while a file is made, one JSON line each; `done` or `failure` is last. */
export type Frame<About extends FileManifest> =
  | { readonly progress: { readonly read: number; readonly total: number } }
  /** Bytes of the file, in base64. */
  | { readonly chunk: string }
  | { readonly manifest: About }
  | { readonly done: { readonly fileName: string; readonly rows: number } }
  | { readonly failure: Failure };

async function* framesOf<About extends FileManifest>(
  events: Events<About>,
  fileName: string,
  failureOf: (error: unknown) => Failure,
): AsyncGenerator<Uint8Array, void> {
  const line = (frame: Frame<About>) => Buffer.from(`${JSON.stringify(frame)}\n`);
  try {
    for await (const event of events) {
      if (event.type === "progress") {
        yield line({ progress: { read: event.read, total: event.total } });
      } else if (event.type === "bytes") {
        yield line({ chunk: Buffer.from(event.bytes).toString("base64") });
      } else {
        const { manifest } = event;
        yield line({ manifest });
        yield line({ done: { fileName, rows: manifest.writtenRows } });
      }
    }
  } catch (error) {
    yield line({ failure: failureOf(error) });
  }
}

/**
 * Passes events on and records the end before the last one. The final bytes come just before `end`,
 * so they are held back until the end is recorded.
 */
export async function* auditedEvents<About extends FileManifest>(
  events: AsyncIterable<ExportEvent<About>>,
  log: Pick<AuditTrail, "end">,
): AsyncGenerator<ExportEvent<About>, void> {
  let pending: ExportEvent<About> | null = null;
  let rows = 0;
  try {
    for await (const event of events) {
      // For an unfinished file the number of delivered rows is unknown: at most those read.
      if (event.type === "progress") rows = event.read;
      if (event.type === "end") {
        rows = event.manifest.writtenRows;
        await log.end({ outcome: "done", rows });
      }
      if (pending) yield pending;
      pending = event.type === "bytes" ? event : null;
      if (!pending) yield event;
    }
  } catch (error) {
    await log.end({ ...endingOf(error), rows });
    throw error;
  } finally {
    await log.end({ outcome: "cancelled", rows });
  }
}

function endingOf(error: unknown): Ending {
  if (error instanceof ChatApiError) {
    return { outcome: "failed", code: String(error.code ?? error.kind) };
  }
  if (error instanceof TooManyRowsError) return { outcome: "refused", code: "tooManyRows" };
  return isAbortError(error) ? { outcome: "cancelled" } : { outcome: "failed", code: "bug" };
}
