import type { createTranslator, Messages } from "next-intl";
import type { SetValues } from "nuqs";
import {
  createLoader,
  createParser,
  createSerializer,
  type inferParserType,
  type LoaderInput,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import type { ChannelField, Field } from "@/lib/chat-api/types";
import {
  filterParams,
  parseAsIds,
  parseAsOffset,
  parseAsSize,
  parseAsSorts,
  savedViewParams,
} from "@/lib/list-params";
import { COLUMN_IDS, type ColumnId, MAX_DAYS, writeSorts } from "@/lib/subscriptions/filter";
import {
  type Band,
  DIRECTORY_FILTERS,
  DIRECTORY_SORTS,
  DIRECTORY_VIEWS,
  type DirectoryFilterId,
  type DirectoryQuery,
  type DirectorySort,
  type DirectorySortId,
  type DirectoryView,
  SEARCHED_TEXTS,
} from "../known-channel";

/** The columns of the list, each with the API field that it reveals; null without one. */
const FIELD_OF_COLUMN = {
  avatarUrl: "avatarUrl",
  name: "name",
  channelId: null,
  ownerId: "ownerId",
  organization: "organization",
  subscriberCount: "subscriberCount",
  changeDay: "subscriberCount",
  changeDayPercent: "subscriberCount",
  changeWeek: "subscriberCount",
  changeWeekPercent: "subscriberCount",
  changeMonth: "subscriberCount",
  changeMonthPercent: "subscriberCount",
  trend: "subscriberCount",
  lastMessageAt: "lastMessageAt",
  countedAt: "subscriberCount",
  createdAt: "createdAt",
  refreshState: null,
  firstSeenAt: null,
  goneAt: null,
  tags: null,
  introduction: "introduction",
} as const satisfies Readonly<Record<string, ChannelField | null>>;

export type DirectoryColumnId = keyof typeof FIELD_OF_COLUMN;

/** In the default order of the table. */
export const DIRECTORY_COLUMNS = Object.keys(FIELD_OF_COLUMN) as readonly DirectoryColumnId[];

export const DEFAULT_COLUMNS: readonly DirectoryColumnId[] = [
  "avatarUrl",
  "name",
  "subscriberCount",
  "changeDay",
  "changeWeek",
  "trend",
  "lastMessageAt",
  "countedAt",
  "tags",
];

export function isSortable(column: DirectoryColumnId): column is DirectorySortId {
  return DIRECTORY_SORTS.some((id) => id === column);
}

type Words<Namespace extends "fields" | "channels.columns"> = ReturnType<
  typeof createTranslator<Messages, Namespace>
>;

/** Returns the label of each column and filter. Fields of the API have the same labels everywhere. */
export function columnLabels(
  fields: Words<"fields">,
  own: Words<"channels.columns">,
): (id: DirectoryColumnId | DirectoryFilterId) => string {
  type Id = DirectoryColumnId | DirectoryFilterId;
  const isField = (id: Id): id is Extract<Id, ColumnId> => COLUMN_IDS.some((field) => field === id);
  return (id) => (isField(id) ? fields(id) : own(id));
}

/** Rows a page. */
export const SIZES = [20, 50, 100, 200] as const;

/** The columns that channels can be grouped by. */
export const GROUPS = ["organization", "ownerId"] as const;

export type GroupId = (typeof GROUPS)[number];

/** The most thresholds of silence. */
export const MAX_SILENT_DAYS = 5;

export const FILTER_IDS = Object.keys(DIRECTORY_FILTERS) as readonly DirectoryFilterId[];

/** Parses days without a message, from an address or a form. Returns them ascending, or null without any. */
export function parseDays(text: string): readonly number[] | null {
  const days = text
    .split(/[,\s]+/)
    .flatMap((part) => (/^\d{1,4}$/.test(part) ? [Number(part)] : []));
  const known = [...new Set(days.filter((each) => each >= 1 && each <= MAX_DAYS))];
  return known.length > 0 ? known.toSorted((a, b) => a - b).slice(0, MAX_SILENT_DAYS) : null;
}

const parseAsDays = createParser<readonly number[]>({
  parse: parseDays,
  serialize: (days) => days.join(","),
  eq: (a, b) => a.join() === b.join(),
});

const parseAsBand = createParser<Band>({
  parse: (text) => (text === "never" ? text : /^\d$/.test(text) ? Number(text) : null),
  serialize: String,
});

const filters = filterParams(DIRECTORY_FILTERS);

/** Returns the filters of an address. */
export const { filtersOf } = filters;

/** Returns the change of an address that sets exactly these filters. */
export const paramsOfFilters = filters.paramsOf;

export const DEFAULT_SORTS: readonly DirectorySort[] = [
  { column: "subscriberCount", descending: true },
];

const SORTS: Readonly<Partial<Record<DirectoryView, readonly DirectorySort[]>>> = {
  growing: [{ column: "changeWeek", descending: true }],
  shrinking: [{ column: "changeWeek", descending: false }],
  silent: [{ column: "lastMessageAt", descending: false }],
  new: [{ column: "createdAt", descending: true }],
};

/** Returns the default sort of a view. */
function defaultSorts(view: DirectoryView): readonly DirectorySort[] {
  return SORTS[view] ?? DEFAULT_SORTS;
}

const SILENT_DAYS: readonly number[] = [7, 30, 90];

/** The parameters of the address. A filter has the name of its column. */
export const directoryParsers = {
  app: parseAsString,
  /** Always written: an address without it may lead to the watched channels. */
  view: parseAsStringLiteral(DIRECTORY_VIEWS)
    .withDefault("all")
    .withOptions({ clearOnDefault: false }),
  q: parseAsString.withDefault(""),
  /** Without it, the default of the view applies. */
  sort: parseAsSorts(DIRECTORY_SORTS),
  offset: parseAsOffset.withDefault(0),
  size: parseAsSize(SIZES).withDefault(50),
  columns: parseAsIds(DIRECTORY_COLUMNS, false).withDefault(DEFAULT_COLUMNS),
  group: parseAsStringLiteral(GROUPS),
  /** Days without a message at which the bands of the view "silent" start. */
  silent: parseAsDays.withDefault(SILENT_DAYS),
  band: parseAsBand,
  /** The channel whose drawer is open. */
  row: parseAsString,
  ...filters.parsers,
};

type WrittenParams = inferParserType<typeof directoryParsers>;

export type DirectoryParams = WrittenParams & { readonly sort: readonly DirectorySort[] };

const load = createLoader(directoryParsers);
const serialize = createSerializer(directoryParsers);

/** Parses an address. Invalid values become the defaults. */
export function loadDirectoryParams(query: LoaderInput): DirectoryParams {
  const params = load(query);
  return { ...params, sort: params.sort ?? defaultSorts(params.view) };
}

/** Returns the address of some parameters, without the defaults. */
export function serializeDirectory(params: Partial<Nullable<WrittenParams>>, path = ""): string {
  return serialize(path, { ...params, sort: writtenSort(params) });
}

type Nullable<Values> = { readonly [Name in keyof Values]: Values[Name] | null };

/** Returns the sort of an address; null for the default one of its view. */
export function writtenSort({ view, sort }: Partial<Nullable<WrittenParams>>) {
  if (!sort?.length) return null;
  return writeSorts(sort) === writeSorts(defaultSorts(view ?? "all")) ? null : sort;
}

export type SetDirectoryParams = SetValues<typeof directoryParsers>;

/** The change of an address that removes the search and all filters. */
export const UNNARROWED = { q: null, band: null, ...paramsOfFilters({}) } as const;

/** Returns whether a search or filter hides channels of the view. */
export function isNarrowed(params: DirectoryParams): boolean {
  return (
    params.q.trim() !== "" ||
    params.band !== null ||
    FILTER_IDS.some((column) => params[column] !== null)
  );
}

/** The parameters that a saved view keeps: not the app and not the offset. */
export const VIEW_PARAMS = [
  ...(["view", "q", "sort", "size", "columns", "group", "silent", "band"] as const),
  ...FILTER_IDS,
] as const;

export const { viewParams, viewQuery } = savedViewParams(
  (query: string) => loadDirectoryParams(query),
  (params) => serializeDirectory(params),
  VIEW_PARAMS,
);

/** The fields that a person may see without giving a reason. */
export type Shown = readonly Field[];

const FIELD_OF_VIEW: Readonly<Partial<Record<DirectoryView, ChannelField>>> = {
  growing: "subscriberCount",
  shrinking: "subscriberCount",
  silent: "lastMessageAt",
  new: "createdAt",
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
    return field === undefined || shown.includes(field);
  });
}

/** Removes parameters that would reveal fields the person may not see, and parameters without effect. */
export function allowedParams(params: WrittenParams, shown: Shown): DirectoryParams {
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
    sort: (writtenSort(params) ?? defaultSorts(view)).filter(({ column }) =>
      isAllowed(column, shown),
    ),
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
