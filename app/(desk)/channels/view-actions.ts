"use server";

import { shownFields } from "@/lib/auth/fields";
import type { Deferred } from "@/lib/call-action";
import { env } from "@/lib/env";
import type { Failure } from "@/lib/failure";
import type { Result } from "@/lib/result";
import type { SavedView } from "@/lib/saved-views";
import {
  guardedViews,
  type NewViewInput,
  type RenamedViewInput,
  type SavedViewChange,
} from "@/lib/view-actions";
import { isViewQuery } from "@/lib/view-input";
import { allowedParams } from "./field-rules";
import { loadDirectoryParams, serializeDirectory, VIEW_PARAMS, viewQuery } from "./search-params";

const views = guardedViews({
  room: "channels",
  permission: "channels",
  isQuery: (query) => isViewQuery(query, VIEW_PARAMS),
  shownQuery(query, { role }) {
    const params = allowedParams(loadDirectoryParams(query), shownFields(env().fieldPolicy, role));
    return viewQuery(serializeDirectory(params));
  },
});

/** The person's own views of this room, and the team's. */
export async function listViews(_: null): Promise<Deferred<Result<SavedView[], Failure>>> {
  return { answer: views.list(null) };
}

/** Saves an address under a name, in place of what the person has saved under it. */
export async function saveView(input: NewViewInput): Promise<Deferred<SavedViewChange>> {
  return { answer: views.save(input) };
}

/** Gives a view another name. */
export async function renameView(input: RenamedViewInput): Promise<Deferred<SavedViewChange>> {
  return { answer: views.rename(input) };
}

/** Deletes a view. */
export async function deleteView(input: string): Promise<Deferred<SavedViewChange>> {
  return { answer: views.remove(input) };
}
