"use server";

import { z } from "zod";
import { maskedFields, shownFields } from "@/lib/auth/fields";
import type { Deferred } from "@/lib/call-action";
import { store } from "@/lib/db/store";
import { env } from "@/lib/env";
import type { Failure } from "@/lib/failure";
import { guard } from "@/lib/guard";
import { type Result, success } from "@/lib/result";
import {
  deleteView as deleteStored,
  listSavedViews,
  renameView as renameStored,
  type SavedView,
  saveView as saveStored,
} from "@/lib/saved-views";
import { tidyViewName } from "@/lib/view-name";
import { isViewQuery, visibleViewQuery } from "@/lib/view-params";

const ROOM = "lookup";

const id = z.uuid();
const name = z.string().transform(tidyViewName).pipe(z.string());
const query = z.string().refine(isViewQuery);

const saveInput = z.strictObject({ name, query, isTeam: z.boolean() });
const renameInput = z.strictObject({ id, name });

/** Why a view stays as it is. */
export type ViewRefusal = "nameTaken" | "tooMany" | "notYours" | "gone";

/** What became of a change that was let in: the view's id, or why not. */
export type SavedViewChange = Result<Result<string, ViewRefusal>, Failure>;

const list = guard({
  permission: "lookup",
  limit: "note",
  audit: null,
  input: z.null(),
  async run(_, user) {
    const { fieldPolicy } = env();
    const offered = [shownFields, maskedFields].flatMap((of) => of(fieldPolicy, user.role));
    const views = await listSavedViews(await store(), user, ROOM);
    return success(
      views.map((view) => ({ ...view, query: visibleViewQuery(view.query, offered) })),
    );
  },
});

const save = guard({
  permission: "lookup",
  limit: "note",
  audit: null,
  input: saveInput,
  run: async (view, user) =>
    success(await saveStored(await store(), user, { room: ROOM, ...view })),
});

const rename = guard({
  permission: "lookup",
  limit: "note",
  audit: null,
  input: renameInput,
  run: async (view, user) => success(await renameStored(await store(), user, view)),
});

const remove = guard({
  permission: "lookup",
  limit: "note",
  audit: null,
  input: id,
  run: async (view, user) => success(await deleteStored(await store(), user, view)),
});

/** The person's own views of this room, and the team's. */
export async function listViews(_: null): Promise<Deferred<Result<SavedView[], Failure>>> {
  return { answer: list(null) };
}

/** Saves an address under a name, in place of what the person has saved under it. */
export async function saveView(
  input: z.input<typeof saveInput>,
): Promise<Deferred<SavedViewChange>> {
  return { answer: save(input) };
}

/** Gives a view another name. */
export async function renameView(
  input: z.input<typeof renameInput>,
): Promise<Deferred<SavedViewChange>> {
  return { answer: rename(input) };
}

/** Deletes a view. */
export async function deleteView(input: string): Promise<Deferred<SavedViewChange>> {
  return { answer: remove(input) };
}
