import type { AuditTrail, Ending } from "@/lib/audit/trail";
import { isAbortError } from "@/lib/byte-stream";
import { ChatApiError } from "@/lib/chat-api/errors";
import type { ExportEvent } from "./export-rows";
import type { FileManifest } from "./manifest";
import { TooManyRowsError } from "./xlsx";

/**
 * The same events, with how they ended in the audit before the last of them is passed on. The bytes that
 * end a file come just before its `end`, so they are held until that is written down.
 */
export async function* auditedEvents<About extends FileManifest>(
  events: AsyncIterable<ExportEvent<About>>,
  log: Pick<AuditTrail, "end">,
): AsyncGenerator<ExportEvent<About>, void> {
  let held: ExportEvent<About> | null = null;
  let rows = 0;
  try {
    for await (const event of events) {
      // Of a file that is not finished nobody knows how many rows have left: at most those that were read.
      if (event.type === "progress") rows = event.read;
      if (event.type === "end") {
        rows = event.manifest.writtenRows;
        await log.end({ outcome: "done", rows });
      }
      if (held) yield held;
      held = event.type === "bytes" ? event : null;
      if (!held) yield event;
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
