"use server";

import { maskedFields, shownFields } from "@/lib/auth/fields";
import { env } from "@/lib/env";
import { guardedViews } from "@/lib/views/view-actions";
import { isViewQuery, VIEW_PARAMS, visibleViewQuery } from "@/lib/views/view-query";

const views = guardedViews({
  page: "lookup",
  permission: "lookup",
  isQuery: (query) => isViewQuery(query, VIEW_PARAMS),
  visibleQuery(query, { role }) {
    const { fieldPolicy } = env();
    const offered = [shownFields, maskedFields].flatMap((of) => of(fieldPolicy, role));
    return visibleViewQuery(query, offered);
  },
});

/** Lists the person's own views of this page, and the team's. */
export const listViews = views.list;

/** Saves a query under a name, in place of the person's view of that name. */
export const saveView = views.save;

export const renameView = views.rename;

export const deleteView = views.remove;
