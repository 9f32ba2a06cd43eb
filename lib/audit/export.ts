import { and, asc, gt } from "drizzle-orm";
import type { Database } from "@/lib/db/database";
import { auditEvents } from "@/lib/db/schema";
import type { CellKind, Sheet, SheetRow } from "@/lib/export/sheet";
import type { AuditRow } from "./chain";
import { type AuditFilter, conditionOf } from "./list";

/** The columns of the file, from left to right. */
const EXPORT_COLUMNS = [
  ["sequence", "count"],
  ["at", "time"],
  ["actorEmail", "text"],
  ["actorRole", "text"],
  ["address", "id"],
  ["action", "text"],
  ["outcome", "text"],
  ["code", "id"],
  ["app", "id"],
  ["subscriberId", "id"],
  ["target", "id"],
  ["fields", "text"],
  ["reason", "text"],
  ["rows", "count"],
  ["durationMs", "count"],
  ["requestId", "text"],
  ["hash", "text"],
] as const satisfies readonly (readonly [keyof AuditRow, CellKind])[];

type ExportColumn = (typeof EXPORT_COLUMNS)[number][0];

/** What each column is called in the person's language. */
export type ExportLabels = Readonly<Record<ExportColumn, string>>;

export function auditSheet(labels: ExportLabels): Sheet<ExportColumn> {
  return {
    name: "audit",
    columns: EXPORT_COLUMNS.map(([id, kind]) => ({ id, kind, label: labels[id] })),
  };
}

/** Rows read by one statement. */
const BATCH = 500;

/** Reads the rows that a filter selects up to a sequence, oldest first, in batches. */
export async function* auditRows(
  db: Database,
  filter: AuditFilter,
  through: number,
): AsyncGenerator<AuditRow[], void> {
  const condition = conditionOf(filter, through);
  let after = 0;
  for (;;) {
    const rows = await db
      .select()
      .from(auditEvents)
      .where(and(condition, gt(auditEvents.sequence, after)))
      .orderBy(asc(auditEvents.sequence))
      .limit(BATCH);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH) return;
    after = last.sequence;
  }
}

/** Turns batches of audit rows into rows of the sheet. */
export async function* sheetParts(
  batches: AsyncIterable<readonly AuditRow[]>,
): AsyncGenerator<SheetRow<ExportColumn>[], void> {
  for await (const rows of batches) {
    yield rows.map(({ fields, ...row }) => ({ ...row, fields: fields?.join(",") ?? null }));
  }
}
