import { getTranslations } from "next-intl/server";
import { readHead } from "@/lib/audit/chain";
import { auditRows, auditSheet, sheetParts } from "@/lib/audit/list";
import { database } from "@/lib/db/database";
import { auditedEvents, exportAnswer } from "@/lib/export/answer";
import { exportRows } from "@/lib/export/file-writer";
import { guardRoute } from "@/lib/http/guard";
import { getPreferences } from "@/lib/preferences/preferences";
import { success } from "@/lib/result";
import { aboutOf, auditInput, requestedQuery } from "../search-params";

const guarded = guardRoute({
  permission: "audit",
  limit: "export",
  audit: { action: "audit.export", about: aboutOf },
  input: auditInput,
  async run({ filter, through: requested }, user, request, log) {
    const at = new Date();
    const opened = await database();
    // The rows of this export itself come later and are not part of it.
    const through = requested ?? (await readHead(opened)).sequence;
    const t = await getTranslations("audit");
    const sheet = auditSheet((key) => t(key));
    const { csvSeparator: separator } = await getPreferences(opened, user.id);
    const named = { what: "audit", at, format: "csv", separator } as const;
    await log.begin();
    const job = {
      ...named,
      ...{ app: null, sheet, readAt: at },
      ...{ query: new URL(request.url).search, total: 0, sampleUntil: null },
      signal: request.signal,
    };
    const events = exportRows(job, sheetParts(auditRows(opened, filter, through)));
    return success(await exportAnswer(request, auditedEvents(events, log), named));
  },
});

/** Exports the rows of all pages of the same query as CSV. */
export async function GET(request: Request): Promise<Response> {
  const { query, problem } = await requestedQuery(new URL(request.url).searchParams);
  return guarded(request, problem === null ? query : null);
}
