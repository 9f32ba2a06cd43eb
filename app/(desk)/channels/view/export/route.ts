import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { basesOf, dailyRows, trendRows } from "@/lib/channels/history/trend";
import { chatAppLabel } from "@/lib/chat";
import { database } from "@/lib/db/database";
import { askedFile, auditedEvents, exportAnswer, fileShape } from "@/lib/export/answer";
import { exportRows } from "@/lib/export/file-writer";
import { guardRoute } from "@/lib/http/guard";
import { getPreferences } from "@/lib/preferences/preferences";
import { failure, success } from "@/lib/result";
import { readViewParams, viewAddress } from "../params";
import { readTrendView } from "../read-trend";
import { batchesOf, trendSheet } from "./trend-sheet";

const exportInput = z
  .strictObject({ query: z.instanceof(URLSearchParams), ...fileShape })
  .transform(({ query, ...file }) => ({ params: readViewParams(query), ...file }))
  .refine(({ params }) => params.channel !== null);

const guarded = guardRoute({
  permission: "export",
  limit: "export",
  audit: {
    action: "channels.export",
    about: ({ params, format }) => ({ target: `${format} ${params.channel}` }),
  },
  input: exportInput,
  async run({ params, format, ...input }, user, request, log) {
    const app = chatAppLabel(params.app);
    if (!app) return failure("unknownApp");
    const at = new Date();
    const db = await database();
    const separator = input.separator ?? (await getPreferences(db, user.id)).csvSeparator;
    const view = await readTrendView(db, app, params, user, at);
    // A file of another range than the address says would not be noticed.
    if (!view?.trend || view.datesProblem) return failure("invalid");
    const { slug, name, sdkAppId } = app;
    await log.begin({ app: slug });
    const moments = trendRows(view.trend);
    const rows = params.daily ? dailyRows(moments, params.zone ?? "UTC") : moments;
    const sheet = trendSheet(await getTranslations("trend.file"), rows, {
      isNamed: view.channel.shown.includes("name"),
      isIndex: params.index,
      isSample: view.sampleUntil !== null,
    });
    const what = `trend-of-${view.channel.channelId}`;
    const job = {
      ...{ app: { slug, name, sdkAppId }, what, sheet, format, separator, readAt: at },
      query: viewAddress(params).replace(/^[^?]*\?/, ""),
      total: rows.length * (1 + view.others.length),
      sampleUntil: view.sampleUntil,
      signal: request.signal,
    };
    const file = exportRows(
      job,
      batchesOf(rows, [view.channel, ...view.others], basesOf(view.trend)),
    );
    const named = { what: `${what}-${slug}`, at, format, separator };
    return success(await exportAnswer(request, auditedEvents(file, log), named));
  },
});

/** Exports all rows of the page of an address, oldest first. */
export function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  return guarded(request, { query: searchParams, ...askedFile(searchParams) });
}
