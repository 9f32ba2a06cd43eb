import { getTranslations } from "next-intl/server";
import { readHead } from "@/lib/audit/append";
import type { ExportLabels } from "@/lib/audit/export-csv";
import { exportFile, exportFileName } from "@/lib/audit/export-file";
import { exportRows } from "@/lib/audit/export-rows";
import { byteStream } from "@/lib/byte-stream";
import { store } from "@/lib/db/store";
import { attachment } from "@/lib/export/file-name";
import { MEDIA_TYPES } from "@/lib/export/formats";
import { guardRoute } from "@/lib/guard";
import { success } from "@/lib/result";
import { askedOf } from "../asked-address";
import { aboutOf, auditInput } from "../search-params";

const guarded = guardRoute({
  permission: "audit",
  limit: "export",
  audit: { action: "audit.export", about: aboutOf },
  input: auditInput,
  async run({ filter, through: given }, _user, _request, log) {
    const opened = await store();
    // Read before anything is written of this export, which is not to find itself.
    const through = given ?? (await readHead(opened)).sequence;
    const labels = await exportLabels();
    await log.begin();
    const file = exportFile(exportRows(opened, filter, through), labels, log);
    const headers = {
      "cache-control": "no-store",
      "content-type": MEDIA_TYPES.csv,
      "content-disposition": attachment(exportFileName(new Date())),
    };
    return success(new Response(byteStream(file), { headers }));
  },
});

/** The rows that the page of the same address means, all pages of them, as CSV. */
export async function GET(request: Request): Promise<Response> {
  const { query, problem } = await askedOf(new URL(request.url).searchParams);
  return guarded(request, problem === null ? query : null);
}

async function exportLabels(): Promise<ExportLabels> {
  const t = await getTranslations("audit");
  return {
    sequence: t("sequence"),
    at: t("columns.time"),
    actorEmail: t("columns.person"),
    actorRole: t("columns.role"),
    address: t("columns.address"),
    action: t("columns.action"),
    outcome: t("columns.outcome"),
    code: t("code"),
    app: t("filters.app"),
    subscriberId: t("filters.subscriberId"),
    target: t("filters.target"),
    fields: t("columns.fields"),
    reason: t("reasonColumn"),
    rows: t("columns.rows"),
    durationMs: t("columns.duration"),
    requestId: t("columns.request"),
    hash: t("hash"),
  };
}
