"use server";

import { z } from "zod";
import { listViewAlerts, setViewAlert } from "@/lib/alerts/view-alerts";
import { shownFields } from "@/lib/auth/fields";
import type { Deferred } from "@/lib/call-action";
import {
  allowedParams,
  loadDirectoryParams,
  serializeDirectory,
  VIEW_PARAMS,
  viewQuery,
} from "@/lib/channels/directory/search-params";
import { chatAppLabels } from "@/lib/chat";
import { database } from "@/lib/db/database";
import { env } from "@/lib/env";
import type { Failure } from "@/lib/failure";
import { guard } from "@/lib/http/guard";
import { type Result, success } from "@/lib/result";
import {
  type AlertChange,
  type AlertInput,
  guardedViews,
  type NewViewInput,
  type RenamedViewInput,
} from "@/lib/views/view-actions";
import { isViewQuery } from "@/lib/views/view-query";

const views = guardedViews({
  page: "channels",
  permission: "channels",
  isQuery: (query) => isViewQuery(query, VIEW_PARAMS),
  visibleQuery(query, { role }) {
    const params = allowedParams(loadDirectoryParams(query), shownFields(env().fieldPolicy, role));
    return viewQuery(serializeDirectory(params));
  },
});

const alertAccess = { permission: "channels", limit: "note", audit: null } as const;
const app = z.string().refine((slug) => chatAppLabels().some((label) => label.slug === slug));

const alertsRead = guard({
  ...alertAccess,
  input: z.strictObject({ app }),
  run: async (input, { id: accountId }) =>
    success(await listViewAlerts(await database(), { accountId, ...input })),
});

const alertSet = guard({
  ...alertAccess,
  input: z.strictObject({ app, viewId: z.uuid(), isOn: z.boolean() }),
  async run(input, { id: accountId }) {
    const alert = { accountId, ...input };
    return success(await setViewAlert(await database(), alert, env().fieldPolicy, new Date()));
  },
});

/** Lists the ids of the views for which the person has an alert. */
export async function listAlerts(input: {
  readonly app: string;
}): Promise<Deferred<Result<string[], Failure>>> {
  return { answer: alertsRead(input) };
}

/** Turns the person's alert for a view on or off. */
export async function setAlert(input: AlertInput): Promise<Deferred<AlertChange>> {
  return { answer: alertSet(input) };
}

/** Lists the person's own views of this page, and the team's. */
export async function listViews(input: null) {
  return views.list(input);
}

/** Saves a query under a name, in place of the person's view of that name. */
export async function saveView(input: NewViewInput) {
  return views.save(input);
}

export async function renameView(input: RenamedViewInput) {
  return views.rename(input);
}

export async function deleteView(id: string) {
  return views.remove(id);
}
