"use server";

import { shownFields } from "@/lib/auth/fields";
import { env } from "@/lib/env";
import { guardedViews, type NewViewInput, type RenamedViewInput } from "@/lib/views/view-actions";
import { isViewQuery } from "@/lib/views/view-query";
import { allowedParams } from "./field-rules";
import { loadDirectoryParams, serializeDirectory, VIEW_PARAMS, viewQuery } from "./search-params";

const views = guardedViews({
  page: "channels",
  permission: "channels",
  isQuery: (query) => isViewQuery(query, VIEW_PARAMS),
  visibleQuery(query, { role }) {
    const params = allowedParams(loadDirectoryParams(query), shownFields(env().fieldPolicy, role));
    return viewQuery(serializeDirectory(params));
  },
});

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
