import type { SetValues } from "nuqs";
import {
  createLoader,
  createParser,
  createSerializer,
  type inferParserType,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import {
  type Band,
  DIRECTORY_FILTERS,
  DIRECTORY_SORTS,
  DIRECTORY_VIEWS,
  type DirectoryFilterId,
  type DirectorySort,
  type DirectoryView,
} from "@/lib/channels/known-channel";
import {
  filterParams,
  parseAsIds,
  parseAsOffset,
  parseAsSize,
  parseAsSorts,
  savedViewParams,
} from "@/lib/list-params";
import { MAX_DAYS } from "@/lib/subscriptions/filter";
import { DEFAULT_COLUMNS, DIRECTORY_COLUMNS } from "./directory-columns";

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
export function defaultSorts(view: DirectoryView): readonly DirectorySort[] {
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
  sort: parseAsSorts(DIRECTORY_SORTS).withDefault(DEFAULT_SORTS),
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

export type DirectoryParams = inferParserType<typeof directoryParsers>;

export const loadDirectoryParams = createLoader(directoryParsers);
export const serializeDirectory = createSerializer(directoryParsers);

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
