import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { shownFields } from "@/lib/auth/fields";
import { can } from "@/lib/auth/permissions";
import { listInOrder, listKeys, readSampleUntil } from "@/lib/channels/directory/directory";
import type { KnownChannel } from "@/lib/channels/known-channel";
import { chatAppLabels } from "@/lib/chat";
import { type Database, database } from "@/lib/db/database";
import { env } from "@/lib/env";
import { askedFile, exportAnswer, fileShape } from "@/lib/export/answer";
import { auditedEvents } from "@/lib/export/audited-events";
import { exportRows } from "@/lib/export/export-rows";
import type { SheetRow } from "@/lib/export/sheet";
import { MAX_XLSX_ROWS } from "@/lib/export/xlsx";
import { guardRoute } from "@/lib/http/guard";
import { getPreferences } from "@/lib/preferences/preferences";
import { failure, success } from "@/lib/result";
import { directoryRow } from "../directory";
import { columnLabels, type DirectoryColumnId } from "../directory-columns";
import { allowedColumns, allowedParams, directoryQuery, type Shown } from "../field-rules";
import { loadDirectoryParams } from "../search-params";
import { type FileColumnId, fileColumns, fileRow } from "./file-columns";

const exportInput = z.strictObject({
  /** The query of the list's address. */
  asked: z.instanceof(URLSearchParams),
  ...fileShape,
});

const guarded = guardRoute({
  permission: "export",
  limit: "export",
  audit: { action: "channels.export", about: ({ format }) => ({ target: format }) },
  input: exportInput,
  async run({ asked, format, ...input }, user, request, log) {
    if (!can(user.role, "channels")) return failure("notAllowed");
    const shown = shownFields(env().fieldPolicy, user.role);
    const params = allowedParams(loadDirectoryParams(asked), shown);
    const labels = chatAppLabels();
    const app = labels.find(({ slug }) => slug === (params.app ?? labels[0]?.slug));
    if (!app) return failure("unknownApp");
    await log.begin({ app: app.slug });
    const [desk, at] = [await database(), new Date()];
    const separator = input.separator ?? (await getPreferences(desk, user.id)).csvSeparator;
    const query = directoryQuery(params, { app: app.slug, userId: user.id, shown });
    const keys = await listKeys(desk, query, at);
    if (format === "xlsx" && keys.length > MAX_XLSX_ROWS) return failure("tooManyRows");
    const wanted = fileColumns(shownInOrder(asked, params.columns, shown), await labelsOfColumns());
    const { slug, name, sdkAppId } = app;
    const job = {
      ...{ app: { slug, name, sdkAppId }, what: "channels", readAt: at },
      ...{ format, separator },
      sheet: { name: "channels", columns: wanted },
      query: new URLSearchParams(
        [...asked].filter(([param]) => !Object.hasOwn(fileShape, param)),
      ).toString(),
      total: keys.length,
      sampleUntil: await readSampleUntil(desk, query.app, [query], at),
      signal: request.signal,
    };
    const states = await getTranslations("channels.refreshStates");
    const rows = rowsOf(desk, keys, query.userId, (row) =>
      fileRow(directoryRow(row, shown, at), states),
    );
    const events = auditedEvents(exportRows(job, rows), log);
    const what = `channels-${slug}`;
    return success(await exportAnswer(request, events, { what, at, format, separator }));
  },
});

/** Exports all pages of the list of an address, as a file or as frames of one. */
export function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  return guarded(request, { asked: searchParams, ...askedFile(searchParams) });
}

async function* rowsOf(
  desk: Database,
  keys: readonly number[],
  userId: string,
  rowOf: (channel: KnownChannel) => SheetRow<FileColumnId>,
) {
  for await (const channels of partsOf(desk, keys, userId)) yield channels.map(rowOf);
}

/** Returns the columns in the order of the table. Parsed parameters do not keep the order. */
function shownInOrder(
  asked: URLSearchParams,
  columns: readonly DirectoryColumnId[],
  shown: Shown,
): DirectoryColumnId[] {
  const names = asked.get("columns")?.split(",") ?? [];
  const place = (id: DirectoryColumnId) => (names.includes(id) ? names.indexOf(id) : names.length);
  return allowedColumns(shown)
    .filter((id) => columns.includes(id))
    .sort((a, b) => place(a) - place(b));
}

async function labelsOfColumns() {
  return columnLabels(await getTranslations("fields"), await getTranslations("channels.columns"));
}

/** Channels of one database query. */
const AT_ONCE = 500;

/** Reads these channels in this order, in batches. Skips channels that were removed meanwhile. */
async function* partsOf(
  desk: Database,
  keys: readonly number[],
  userId: string,
): AsyncGenerator<KnownChannel[], void> {
  for (let at = 0; at < keys.length; at += AT_ONCE) {
    yield await listInOrder(desk, keys.slice(at, at + AT_ONCE), userId);
  }
}
