"use server";

import { maskedFields, shownFields } from "@/lib/auth/fields";
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
import { isViewQuery, VIEW_PARAMS, visibleViewQuery } from "@/lib/view-input";

const views = guardedViews({
  room: "lookup",
  permission: "lookup",
  isQuery: (query) => isViewQuery(query, VIEW_PARAMS),
  shownQuery(query, { role }) {
    const { fieldPolicy } = env();
    const offered = [shownFields, maskedFields].flatMap((of) => of(fieldPolicy, role));
    return visibleViewQuery(query, offered);
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
