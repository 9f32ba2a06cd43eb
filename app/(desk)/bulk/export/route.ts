import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { type BulkRecord, bulkSheet, bulkSheetRow } from "@/lib/bulk/bulk-answer";
import { chatAppLabels } from "@/lib/chat";
import { ChatApiError, type ChatApiErrorKind } from "@/lib/chat-api/errors";
import { database } from "@/lib/db/database";
import { askedFile, auditedEvents, exportAnswer, fileShape } from "@/lib/export/answer";
import { exportRows } from "@/lib/export/file-writer";
import { vendorFailure } from "@/lib/failure";
import { guardRoute } from "@/lib/http/guard";
import { MAX_IDS } from "@/lib/paste/recognise";
import { getPreferences } from "@/lib/preferences/preferences";
import { failure, success } from "@/lib/result";
import { subscriberIdProblem } from "@/lib/subscriber-id";

const KINDS = ["network", "timeout", "http", "malformed"] as const;

/** A time that a date can hold, in milliseconds since 1970. */
const moment = z.number().int().min(-8.64e15).max(8.64e15);

const record = z.tuple([
  z.string().refine((id) => subscriberIdProblem(id) === null),
  z.enum(["found", "unknown", "failed"]),
  z.number().int().nonnegative().nullable(),
  z.enum(["yes", "no", "unknown"]).nullable(),
  moment.nullable(),
  z.union([z.string().regex(/^\d{1,9}$/), z.enum(KINDS)]).nullable(),
]) satisfies z.ZodType<BulkRecord>;

const exportInput = z.strictObject({
  ...fileShape,
  app: z.string(),
  channelId: z.string().min(1).max(200).nullable(),
  /** When the last answer came. */
  readAt: moment,
  /** Subscribers of the run, with those that the file leaves out. */
  asked: z.number().int().positive().max(MAX_IDS),
  records: z.array(record).min(1).max(MAX_IDS),
});

const guarded = guardRoute({
  permission: "export",
  limit: "export",
  audit: {
    action: "bulk.export",
    about: ({ app, channelId, format }) => ({ app, target: `${format} ${channelId ?? ""}`.trim() }),
  },
  input: exportInput,
  async run(
    { app: slug, channelId, readAt, asked, records, format, ...input },
    user,
    request,
    log,
  ) {
    const app = chatAppLabels().find((each) => each.slug === slug);
    if (!app) return failure("unknownApp");
    const [t, failures, preferences] = await Promise.all([
      getTranslations("bulk"),
      getTranslations("failures"),
      getPreferences(await database(), user.id),
    ]);
    const separator = input.separator ?? preferences.csvSeparator;
    await log.begin();
    const meaningOf = (code: string | null) => {
      if (code === null) return null;
      if (code === "timeout") return failures("ofRefresh.timeout");
      return vendorFailure(errorOf(code), 0, failures).happened;
    };
    const rows = records.map((each) => bulkSheetRow(each, t, meaningOf(each[5])));
    const what = "bulk-lookup";
    const events = exportRows(
      {
        app: { slug, name: app.name, sdkAppId: app.sdkAppId },
        ...{ what, format, separator, total: rows.length, sampleUntil: null },
        sheet: bulkSheet(t, records),
        query: String(
          new URLSearchParams({ ...(channelId && { channel: channelId }), asked: String(asked) }),
        ),
        readAt: new Date(readAt),
        signal: request.signal,
      },
      inOnePart(rows),
    );
    const named = { what: `${what}-${slug}`, at: new Date(), format, separator };
    return success(await exportAnswer(request, auditedEvents(events, log), named));
  },
});

/** Makes a file of the answers in the body, which the browser has from a run. */
export async function POST(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const posted: unknown = await request.json().catch(() => null);
  return guarded(request, { ...Object(posted), ...askedFile(searchParams) });
}

function errorOf(code: string): ChatApiError {
  const kind = KINDS.find((each): each is ChatApiErrorKind & typeof each => each === code);
  return new ChatApiError(
    kind ? { kind, info: "" } : { kind: "rejected", code: Number(code), info: "" },
  );
}

async function* inOnePart<Row>(rows: readonly Row[]): AsyncGenerator<readonly Row[], void> {
  yield rows;
}
