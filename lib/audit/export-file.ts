import type { AuditRow } from "./chain";
import { csvHead, csvLines, type ExportLabels } from "./export-csv";
import type { AuditTrail } from "./trail";

/**
 * A file of these rows, piece by piece. How that ended is in the audit before the last piece is given,
 * and also when it is left before.
 */
export async function* exportFile(
  batches: AsyncIterable<readonly AuditRow[]>,
  labels: ExportLabels,
  log: Pick<AuditTrail, "end">,
): AsyncGenerator<Uint8Array, void> {
  let held = csvHead(labels);
  let rows = 0;
  try {
    for await (const batch of batches) {
      yield Buffer.from(held);
      held = csvLines(batch);
      rows += batch.length;
    }
    await log.end({ outcome: "done", rows });
    yield Buffer.from(held);
  } catch (error) {
    await log.end({ outcome: "failed", code: "bug", rows });
    throw error;
  } finally {
    await log.end({ outcome: "cancelled", rows });
  }
}

/** The name of a file that is made now. */
export function exportFileName(now: Date): string {
  return `audit-${now.toISOString().replace(/\.\d+|[-:]/g, "")}.csv`;
}
