import type { AuditTrail } from "@/lib/audit/trail";
import { ChatApiError } from "@/lib/chat-api/errors";
import type { ExportEvent } from "./export-file";

/**
 * The same events, with how they ended in the audit before the last of them is passed on. The bytes that
 * end a file come just before its `end`, so they are held until that is written down.
 */
export async function* auditedEvents(
  events: AsyncIterable<ExportEvent>,
  log: Pick<AuditTrail, "end">,
): AsyncGenerator<ExportEvent, void> {
  let held: ExportEvent | null = null;
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
      held = event;
    }
    if (held) yield held;
  } catch (error) {
    const code = error instanceof ChatApiError ? String(error.code ?? error.kind) : null;
    await log.end({ outcome: code === null ? "cancelled" : "failed", code, rows });
    throw error;
  } finally {
    await log.end({ outcome: "cancelled", rows });
  }
}
