import {
  DIRECTORY_VIEWS,
  type DirectoryFilterId,
  type DirectoryQuery,
  type DirectoryView,
  SEARCHED_TEXTS,
} from "@/lib/channels/known-channel";
import type { ChannelField, Field } from "@/lib/chat-api/types";
import { DIRECTORY_COLUMNS, type DirectoryColumnId, FIELD_OF_COLUMN } from "./directory-columns";
import { type DirectoryParams, FILTER_IDS, filtersOf, paramsOfFilters } from "./search-params";

/** The fields that a person may see without giving a reason. */
export type Shown = readonly Field[];

const FIELD_OF_VIEW: Readonly<Record<DirectoryView, ChannelField | null>> = {
  all: null,
  watched: null,
  growing: "subscriberCount",
  shrinking: "subscriberCount",
  silent: "lastMessageAt",
  new: "createdAt",
  gone: null,
};

export function isAllowed(column: DirectoryColumnId | DirectoryFilterId, shown: Shown): boolean {
  const field = column === "watchedBy" ? null : FIELD_OF_COLUMN[column];
  return field === null || shown.includes(field);
}

/** Returns the columns that a person may choose. */
export function allowedColumns(shown: Shown): DirectoryColumnId[] {
  return DIRECTORY_COLUMNS.filter((column) => isAllowed(column, shown));
}

/** Returns the views that reveal no field that a person may not see. */
export function allowedViews(shown: Shown): DirectoryView[] {
  return DIRECTORY_VIEWS.filter((view) => {
    const field = FIELD_OF_VIEW[view];
    return field === null || shown.includes(field);
  });
}

/** Removes parameters that would reveal fields the person may not see, and parameters without effect. */
export function allowedParams(params: DirectoryParams, shown: Shown): DirectoryParams {
  const filters = Object.fromEntries(
    Object.entries(filtersOf(params)).filter(([column]) =>
      FILTER_IDS.some((id) => id === column && isAllowed(id, shown)),
    ),
  );
  const view = allowedViews(shown).includes(params.view) ? params.view : "all";
  const { band, silent, group } = params;
  const isBand = view === "silent" && (band === "never" || (band !== null && band < silent.length));
  return {
    ...params,
    ...paramsOfFilters(filters),
    view,
    columns: shownColumns(params.columns, shown),
    sort: params.sort.filter(({ column }) => isAllowed(column, shown)),
    group: group !== null && isAllowed(group, shown) ? group : null,
    band: isBand ? band : null,
  };
}

/** Returns the allowed columns. One of them always identifies the channel. */
function shownColumns(columns: readonly DirectoryColumnId[], shown: Shown): DirectoryColumnId[] {
  const chosen = allowedColumns(shown).filter((column) => columns.includes(column));
  if (chosen.includes("name") || chosen.includes("channelId")) return chosen;
  return allowedColumns(shown).filter((id) => id === "channelId" || chosen.includes(id));
}

/** Returns the database query of allowed parameters. */
export function directoryQuery(
  params: DirectoryParams,
  { app, userId, shown }: { readonly app: string; readonly userId: string; readonly shown: Shown },
): DirectoryQuery {
  return {
    app,
    userId,
    view: params.view,
    search: params.q,
    searched: SEARCHED_TEXTS.filter((text) => isAllowed(text, shown)),
    filters: filtersOf(params),
    sorts: params.sort,
    silentDays: params.silent,
    band: params.band,
  };
}
