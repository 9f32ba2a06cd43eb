import { getLocale, getTranslations } from "next-intl/server";
import { z } from "zod";
import { readableFields } from "@/lib/auth/fields";
import { chatAppLabel, chatClient } from "@/lib/chat";
import { ChatApiError } from "@/lib/chat-api/errors";
import { database } from "@/lib/db/database";
import {
  askedFile,
  auditedEvents,
  exportAnswer,
  fileShape,
  postedSelection,
  selectedShape,
} from "@/lib/export/answer";
import { exportFile } from "@/lib/export/export-file";
import { exportColumns } from "@/lib/export/sheet";
import { TooManyRowsError } from "@/lib/export/xlsx";
import { refusal, vendorFailure } from "@/lib/failure";
import { guardRoute } from "@/lib/http/guard";
import { getPreferences } from "@/lib/preferences/preferences";
import { failure, success } from "@/lib/result";
import { subscriberIdProblem } from "@/lib/subscriber-id";
import { COLUMN_IDS, type ColumnId } from "@/lib/subscriptions/filter";
import { allowedQuery, neededFields } from "@/lib/subscriptions/needed-fields";
import { askedQuery } from "../asked-query";
import { loadLookupParams, viewQueryOf } from "../search-params";

const exportInput = z.strictObject({
  subscriber: z.string().refine((id) => subscriberIdProblem(id) === null),
  ...fileShape,
  /** The columns from left to right, as somebody has arranged them. */
  columns: z.string().transform((names) => names.split(",")),
  /** The query of the list's address. */
  asked: z.instanceof(URLSearchParams),
  selected: selectedShape,
});

const guarded = guardRoute({
  permission: "export",
  limit: "export",
  audit: {
    action: "export",
    about: ({ subscriber, format }) => ({ subscriberId: subscriber, target: format }),
  },
  input: exportInput,
  async run({ columns: requested, asked, format, selected, ...input }, user, request, log) {
    const { subscriber: subscriberId } = input;
    const params = loadLookupParams(asked);
    const label = chatAppLabel(params.app);
    const client = label && chatClient(label.slug);
    if (!client) return failure("unknownApp");

    const about = { app: label.slug, subscriberId };
    const opened = await database();
    const readable = await readableFields(opened, user, about, new Date());
    const separator = input.separator ?? (await getPreferences(opened, user.id)).csvSeparator;
    const shown = readable.filter((field) => params.fields.includes(field));
    const query = allowedQuery(viewQueryOf(params), readable);
    const at = new Date();
    const { slug, name, sdkAppId } = label;
    const fields = neededFields(shown, query, readable);
    await log.begin({ app: slug, fields });
    const file = exportFile(client, {
      app: { slug, name, sdkAppId },
      subscriberId,
      person: user.id,
      ...{ format, separator },
      columns: exportColumns(shown, requested),
      labels: await columnLabels(),
      fields,
      readable,
      query,
      selected: selected && new Set(selected),
      locale: await getLocale(),
      signal: request.signal,
    });
    const events = auditedEvents(file, log);
    const t = await getTranslations("failures");
    const failureOf = (error: unknown) => {
      const { requestId } = log;
      if (error instanceof TooManyRowsError) return { ...refusal("tooManyRows", t), requestId };
      if (!(error instanceof ChatApiError)) throw error;
      const seconds = Math.round((Date.now() - at.getTime()) / 1000);
      return { ...vendorFailure(error, seconds, t), requestId };
    };
    const what = `channels-of-${subscriberId}-${slug}`;
    return success(await exportAnswer(request, events, { what, at, format, separator }, failureOf));
  },
});

/** What the lookup of the same address shows, all pages of it, as a file or as frames of one. */
export function GET(request: Request): Promise<Response> {
  return answer(request, null);
}

/** The same of the channels in the body alone. */
export async function POST(request: Request): Promise<Response> {
  return answer(request, await postedSelection(request));
}

async function answer(request: Request, selected: unknown): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const asked = await askedQuery(searchParams);
  return guarded(request, {
    ...{ asked, selected },
    subscriber: asked.get("subscriber"),
    ...askedFile(searchParams),
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
