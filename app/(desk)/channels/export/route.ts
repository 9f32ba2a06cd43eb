import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { can } from "@/lib/auth/permissions";
import { listInOrder, listKeys, readSampleUntil } from "@/lib/channels/directory/directory";
import {
  allowedColumns,
  columnLabels,
  type DirectoryColumnId,
  loadDirectoryParams,
  type Shown,
} from "@/lib/channels/directory/search-params";
import type { DirectoryQuery, KnownChannel } from "@/lib/channels/known-channel";
import { type Database, database } from "@/lib/db/database";
import {
  askedFile,
  auditedEvents,
  exportAnswer,
  fileShape,
  postedSelection,
  selectedShape,
} from "@/lib/export/answer";
import { exportRows } from "@/lib/export/file-writer";
import type { SheetRow } from "@/lib/export/sheet";
import { MAX_XLSX_ROWS } from "@/lib/export/xlsx";
import { guardRoute } from "@/lib/http/guard";
import { getPreferences } from "@/lib/preferences/preferences";
import { failure, success } from "@/lib/result";
import { directoryRow } from "../directory";
import { directoryReading } from "../directory-reading";
import { type FileColumnId, fileColumns, fileRow } from "./file-columns";

const exportInput = z.strictObject({
  /** The query of the list's address. */
  address: z.instanceof(URLSearchParams),
  ...fileShape,
  selected: selectedShape,
});

const guarded = guardRoute({
  permission: "export",
  limit: "export",
  audit: { action: "channels.export", about: ({ format }) => ({ target: format }) },
  input: exportInput,
  async run({ address, format, selected, ...input }, user, request, log) {
    if (!can(user.role, "channels")) return failure("notAllowed");
    const reading = directoryReading(loadDirectoryParams(address), user);
    if (!reading) return failure("unknownApp");
    const { app, params, shown } = reading;
    await log.begin({ app: app.slug });
    const [db, at] = [await database(), new Date()];
    const separator = input.separator ?? (await getPreferences(db, user.id)).csvSeparator;
    const filtered = selected ? selectedChannels(reading.query, selected) : reading.query;
    const keys = await listKeys(db, filtered, at);
    if (format === "xlsx" && keys.length > MAX_XLSX_ROWS) return failure("tooManyRows");
    const columns = fileColumns(
      shownInOrder(address, params.columns, shown),
      await labelsOfColumns(),
    );
    const { slug, name, sdkAppId } = app;
    const job = {
      ...{ app: { slug, name, sdkAppId }, what: "channels", readAt: at },
      ...{ format, separator },
      sheet: { name: "channels", columns },
      query: new URLSearchParams(
        [...address].filter(([param]) => !Object.hasOwn(fileShape, param)),
      ).toString(),
      total: keys.length,
      ...(selected && { selectedRows: selected.length }),
      sampleUntil: await readSampleUntil(db, filtered.app, [filtered], at),
      signal: request.signal,
    };
    const states = await getTranslations("channels.refreshStates");
    const rows = rowsOf(db, keys, filtered.userId, (row) =>
      fileRow(directoryRow(row, shown, at), states),
    );
    const events = auditedEvents(exportRows(job, rows), log);
    const what = `channels-${slug}`;
    return success(await exportAnswer(request, events, { what, at, format, separator }));
  },
});

/** Exports all pages of the list of an address, as a file or as frames of one. */
export function GET(request: Request): Promise<Response> {
  return answer(request, null);
}

/** Exports the channels in the body alone, whether they match the address or not. */
export async function POST(request: Request): Promise<Response> {
  return answer(request, await postedSelection(request));
}

function answer(request: Request, selected: unknown): Promise<Response> {
  const { searchParams } = new URL(request.url);
  return guarded(request, { address: searchParams, selected, ...askedFile(searchParams) });
}

/** Returns the query for these channels, in the order of the list. */
function selectedChannels(query: DirectoryQuery, ids: readonly string[]): DirectoryQuery {
  const filters = { channelId: { op: "oneOf" as const, values: ids } };
  return { ...query, view: "all", search: "", band: null, filters };
}

/** Channels of one database query. */
const BATCH = 500;

/** Reads the channels with these keys in this order. Skips channels that were removed meanwhile. */
async function* rowsOf(
  db: Database,
  keys: readonly number[],
  userId: string,
  rowOf: (channel: KnownChannel) => SheetRow<FileColumnId>,
) {
  for (let start = 0; start < keys.length; start += BATCH) {
    const channels = await listInOrder(db, keys.slice(start, start + BATCH), userId);
    yield channels.map(rowOf);
  }
}

/** Returns the columns in the order of the table. Parsed parameters do not keep the order. */
function shownInOrder(
  address: URLSearchParams,
  columns: readonly DirectoryColumnId[],
  shown: Shown,
): DirectoryColumnId[] {
  const names = address.get("columns")?.split(",") ?? [];
  const rank = (id: DirectoryColumnId) => (names.includes(id) ? names.indexOf(id) : names.length);
  return allowedColumns(shown)
    .filter((id) => columns.includes(id))
    .sort((a, b) => rank(a) - rank(b));
}

async function labelsOfColumns() {
  return columnLabels(await getTranslations("fields"), await getTranslations("channels.columns"));
}
