import "server-only";
import { z } from "zod";
import type { Permission } from "./auth/permissions";
import type { SessionUser } from "./auth/session";
import { store } from "./db/store";
import type { Failure } from "./failure";
import { guard } from "./guard";
import { type Result, success } from "./result";
import { deleteView, listSavedViews, renameView, saveView, type ViewRoom } from "./saved-views";
import { tidyViewName } from "./view-name";

const id = z.uuid();
const name = z.string().transform(tidyViewName).pipe(z.string());

export type NewViewInput = {
  readonly name: string;
  readonly query: string;
  readonly isTeam: boolean;
};

export type RenamedViewInput = { readonly id: string; readonly name: string };

/** Why a view stays as it is. */
export type ViewRefusal = "nameTaken" | "tooMany" | "notYours" | "gone";

/** What became of a change that was let in: the view's id, or why not. */
export type SavedViewChange = Result<Result<string, ViewRefusal>, Failure>;

type Room = {
  readonly room: ViewRoom;
  /** What whoever uses the room must have. */
  readonly permission: Permission;
  /** Whether a view of this room may keep this part of an address. */
  readonly isQuery: (query: string) => boolean;
  /** A view's query without what it says of fields that this person may not see. */
  readonly shownQuery: (query: string, user: SessionUser) => string;
};

/** What a room does with saved views, guarded; its server actions call these. */
export function guardedViews({ room, permission, isQuery, shownQuery }: Room) {
  const entrance = { permission, limit: "note", audit: null } as const;
  return {
    /** The person's own views of the room, and the team's. */
    list: guard({
      ...entrance,
      input: z.null(),
      async run(_, user) {
        const views = await listSavedViews(await store(), user, room);
        return success(views.map((view) => ({ ...view, query: shownQuery(view.query, user) })));
      },
    }),
    /** Saves an address under a name, in place of what the person has saved under it. */
    save: guard({
      ...entrance,
      input: z.strictObject({ name, query: z.string().refine(isQuery), isTeam: z.boolean() }),
      run: async (view, user) => success(await saveView(await store(), user, { room, ...view })),
    }),
    rename: guard({
      ...entrance,
      input: z.strictObject({ id, name }),
      run: async (view, user) => success(await renameView(await store(), user, { room, ...view })),
    }),
    remove: guard({
      ...entrance,
      input: id,
      run: async (view, user) => success(await deleteView(await store(), user, { room, id: view })),
    }),
  };
}
