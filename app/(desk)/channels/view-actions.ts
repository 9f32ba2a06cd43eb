"use server";

import { z } from "zod";
import { listViewAlerts, setViewAlert } from "@/lib/alerts/view-alerts";
import { shownFields } from "@/lib/auth/fields";
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
import { guardAction } from "@/lib/http/guard";
import { success } from "@/lib/result";
import { guardedViews } from "@/lib/views/view-actions";
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

/** Lists the ids of the views for which the person has an alert. */
export const listAlerts = guardAction({
  ...alertAccess,
  input: z.strictObject({ app }),
  run: async (input, { id: accountId }) =>
    success(await listViewAlerts(await database(), { accountId, ...input })),
});

/** Turns the person's alert for a view on or off. */
export const setAlert = guardAction({
  ...alertAccess,
  input: z.strictObject({ app, viewId: z.uuid(), isOn: z.boolean() }),
  async run(input, { id: accountId }) {
    const alert = { accountId, ...input };
    return success(await setViewAlert(await database(), alert, env().fieldPolicy, new Date()));
  },
});

/** Lists the person's own views of this page, and the team's. */
export const listViews = views.list;

/** Saves a query under a name, in place of the person's view of that name. */
export const saveView = views.save;

export const renameView = views.rename;

export const deleteView = views.remove;
