import "server-only";
import { z } from "zod";
import type { SessionUser } from "@/lib/auth/current-user";
import type { Permission } from "@/lib/auth/permissions";
import { database } from "@/lib/db/database";
import type { Failure } from "@/lib/failure";
import { guardAction } from "@/lib/http/guard";
import { type Result, success } from "@/lib/result";
import { deleteView, listSavedViews, renameView, saveView, type ViewPage } from "./saved-views";
import { tidyViewName } from "./view-query";

const id = z.uuid();
const name = z.string().transform(tidyViewName).pipe(z.string());

export type NewViewInput = {
  readonly name: string;
  readonly query: string;
  readonly isTeam: boolean;
};

export type RenamedViewInput = { readonly id: string; readonly name: string };

export type AlertInput = { readonly app: string; readonly viewId: string; readonly isOn: boolean };

/** The result of turning an alert on or off. */
export type AlertChange = Result<Result<null, "gone" | "tooMany" | "tooLarge">, Failure>;

type ViewRefusal = "nameTaken" | "tooMany" | "notYours" | "gone";

/** The result of a change: the view's id, or the reason that it is refused. */
export type SavedViewChange = Result<Result<string, ViewRefusal>, Failure>;

type SavedViewsOptions = {
  readonly page: ViewPage;
  /** The permission that the page needs. */
  readonly permission: Permission;
  /** Returns whether a view of this page may save the query. */
  readonly isQuery: (query: string) => boolean;
  /** Returns a query without the fields that this person may not see. */
  readonly visibleQuery: (query: string, user: SessionUser) => string;
};

/** Returns a page's server actions for its saved views. */
export function guardedViews({ page, permission, isQuery, visibleQuery }: SavedViewsOptions) {
  const access = { permission, limit: "note", audit: null } as const;
  return {
    /** Lists the person's own views of the page, and the team's. */
    list: guardAction({
      ...access,
      input: z.null(),
      async run(_, user) {
        const views = await listSavedViews(await database(), user, page);
        return success(views.map((view) => ({ ...view, query: visibleQuery(view.query, user) })));
      },
    }),
    /** Saves a query under a name. Replaces the person's view of the same name. */
    save: guardAction({
      ...access,
      input: z.strictObject({ name, query: z.string().refine(isQuery), isTeam: z.boolean() }),
      run: async (view, user) => success(await saveView(await database(), user, { page, ...view })),
    }),
    rename: guardAction({
      ...access,
      input: z.strictObject({ id, name }),
      run: async (view, user) =>
        success(await renameView(await database(), user, { page, ...view })),
    }),
    remove: guardAction({
      ...access,
      input: id,
      run: async (view, user) =>
        success(await deleteView(await database(), user, { page, id: view })),
    }),
  };
}
