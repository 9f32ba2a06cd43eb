import "server-only";
import { z } from "zod";
import type { Permission } from "./auth/permissions";
import type { SessionUser } from "./auth/session";
import { database } from "./db/database";
import type { Failure } from "./failure";
import { guard } from "./http/guard";
import { type Result, success } from "./result";
import { deleteView, listSavedViews, renameView, saveView, type ViewRoom } from "./saved-views";
import { tidyViewName } from "./view-input";

const id = z.uuid();
const name = z.string().transform(tidyViewName).pipe(z.string());

export type NewViewInput = {
  readonly name: string;
  readonly query: string;
  readonly isTeam: boolean;
};

export type RenamedViewInput = { readonly id: string; readonly name: string };

/** The reason that a change is refused. */
export type ViewRefusal = "nameTaken" | "tooMany" | "notYours" | "gone";

/** The result of a change: the view's id, or the reason that it is refused. */
export type SavedViewChange = Result<Result<string, ViewRefusal>, Failure>;

type Room = {
  readonly room: ViewRoom;
  /** The permission that the page needs. */
  readonly permission: Permission;
  /** Returns whether a view of this page may save the query. */
  readonly isQuery: (query: string) => boolean;
  /** Returns a query without the fields that this person may not see. */
  readonly shownQuery: (query: string, user: SessionUser) => string;
};

/** Returns the guarded functions that the server actions of a page call. */
export function guardedViews({ room, permission, isQuery, shownQuery }: Room) {
  const entrance = { permission, limit: "note", audit: null } as const;
  return {
    /** Lists the person's own views of the page, and the team's. */
    list: guard({
      ...entrance,
      input: z.null(),
      async run(_, user) {
        const views = await listSavedViews(await database(), user, room);
        return success(views.map((view) => ({ ...view, query: shownQuery(view.query, user) })));
      },
    }),
    /** Saves a query under a name. Replaces the person's view of the same name. */
    save: guard({
      ...entrance,
      input: z.strictObject({ name, query: z.string().refine(isQuery), isTeam: z.boolean() }),
      run: async (view, user) => success(await saveView(await database(), user, { room, ...view })),
    }),
    rename: guard({
      ...entrance,
      input: z.strictObject({ id, name }),
      run: async (view, user) =>
        success(await renameView(await database(), user, { room, ...view })),
    }),
    remove: guard({
      ...entrance,
      input: id,
      run: async (view, user) =>
        success(await deleteView(await database(), user, { room, id: view })),
    }),
  };
}
