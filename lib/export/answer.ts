import { byteStream } from "@/lib/byte-stream";
import type { Failure } from "@/lib/failure";
import type { ExportEvent } from "./events";
import { attachment } from "./file-name";
import { type ExportFormat, MEDIA_TYPES } from "./formats";
import { framesOf } from "./frames";
import type { FileManifest } from "./manifest";

type Events<About extends FileManifest> = AsyncGenerator<ExportEvent<About>, void>;

/** The file itself. What fails before its first byte is thrown, what fails later breaks the connection. */
export async function fileAnswer<About extends FileManifest>(
  events: Events<About>,
  fileName: string,
  format: ExportFormat,
): Promise<Response> {
  const bytes = bytesOf(events);
  const first = await bytes.next();
  const all = async function* () {
    if (!first.done) yield first.value;
    yield* bytes;
  };
  return new Response(byteStream(all()), {
    headers: {
      "cache-control": "no-store",
      "content-type": MEDIA_TYPES[format],
      "content-disposition": attachment(fileName),
    },
  });
}

/** The file in pieces, with how far it is. */
export function framesAnswer<About extends FileManifest>(
  events: Events<About>,
  fileName: string,
  failureOf: (error: unknown) => Failure,
): Response {
  return new Response(byteStream(framesOf(events, fileName, failureOf)), {
    headers: {
      "cache-control": "no-store",
      "content-type": MEDIA_TYPES.ndjson,
      // A proxy that gathers the whole answer first would hide the progress.
      "x-accel-buffering": "no",
    },
  });
}

async function* bytesOf(events: Events<FileManifest>): AsyncGenerator<Uint8Array, void> {
  for await (const event of events) if (event.type === "bytes") yield event.bytes;
}
