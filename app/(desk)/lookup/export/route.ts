import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { visibleFields } from "@/lib/auth/fields";
import { chatAppLabels, chatClient } from "@/lib/chat";
import { ChatApiError } from "@/lib/chat-api/errors";
import { fileAnswer, framesAnswer } from "@/lib/export/answer";
import { exportColumns } from "@/lib/export/columns";
import { exportFile } from "@/lib/export/export-file";
import { exportFileName } from "@/lib/export/file-name";
import { EXPORT_FORMATS, MEDIA_TYPES } from "@/lib/export/formats";
import { vendorFailure } from "@/lib/failure";
import { guardRoute } from "@/lib/guard";
import { failure, success } from "@/lib/result";
import { subscriberIdProblem } from "@/lib/subscriber-id";
import { COLUMN_IDS, type ColumnId } from "@/lib/subscriptions/filter";
import { allowedQuery, neededFields } from "@/lib/subscriptions/needed-fields";
import { loadLookupParams, viewQueryOf } from "../search-params";

const exportInput = z.strictObject({
  subscriber: z.string().refine((id) => subscriberIdProblem(id) === null),
  format: z.enum(EXPORT_FORMATS),
  /** The columns from left to right, as somebody has arranged them. */
  columns: z.string().transform((names) => names.split(",")),
});

const guarded = guardRoute({
  permission: "export",
  input: exportInput,
  async run({ subscriber: subscriberId, format, columns: wanted }, user, request) {
    const params = loadLookupParams(new URL(request.url).searchParams);
    const labels = chatAppLabels();
    const label = labels.find(({ slug }) => slug === (params.app ?? labels[0]?.slug));
    const client = label && chatClient(label.slug);
    if (!client) return failure("unknownApp");

    const visible = visibleFields(user.role);
    const shown = visible.filter((field) => params.fields.includes(field));
    const query = allowedQuery(viewQueryOf(params), visible);
    const at = new Date();
    const { slug, name, sdkAppId } = label;
    const events = exportFile(client, {
      app: { slug, name, sdkAppId },
      subscriberId,
      format,
      columns: exportColumns(shown, wanted),
      labels: await columnLabels(),
      fields: neededFields(shown, query, visible),
      query,
      locale: await getLocale(),
      signal: request.signal,
    });
    const fileName = exportFileName({ app: slug, subscriberId, format, at });
    if (!request.headers.get("accept")?.includes(MEDIA_TYPES.ndjson)) {
      return success(await fileAnswer(events, fileName, format));
    }
    const t = await getTranslations("failures");
    const failureOf = (error: unknown) => {
      if (!(error instanceof ChatApiError)) throw error;
      return vendorFailure(error, Math.round((Date.now() - at.getTime()) / 1000), t);
    };
    return success(framesAnswer(events, fileName, failureOf));
  },
});

/** What the lookup of the same address shows, all pages of it, as a file or as frames of one. */
export function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  return guarded(request, {
    subscriber: searchParams.get("subscriber"),
    format: searchParams.get("format"),
    columns: searchParams.get("columns") ?? "",
  });
}

async function columnLabels(): Promise<Record<ColumnId, string>> {
  const t = await getTranslations("fields");
  return Object.fromEntries(COLUMN_IDS.map((column) => [column, t(column)])) as Record<
    ColumnId,
    string
  >;
}
