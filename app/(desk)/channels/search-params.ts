import type { SetValues } from "nuqs";
import {
  createLoader,
  createParser,
  createSerializer,
  type inferParserType,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import type { Band, DirectorySort } from "@/lib/channels/directory-query";
import {
  DIRECTORY_FILTERS,
  DIRECTORY_SORTS,
  DIRECTORY_VIEWS,
  type DirectoryFilterId,
  type DirectoryView,
} from "@/lib/channels/known-channel";
import { parseAsOffset, parseAsSize } from "@/lib/paging-params";
import type { ColumnFilters, Filter } from "@/lib/subscriptions/filter";
import { MAX_DAYS, parseFilter, writeFilter } from "@/lib/subscriptions/filter-text";
import { parseSorts, writeSorts } from "@/lib/subscriptions/sort-text";
import { DEFAULT_COLUMNS, DIRECTORY_COLUMNS, type DirectoryColumnId } from "./directory-columns";

/** Rows a page. */
export const SIZES = [20, 50, 100, 200] as const;

/** What channels can be put together by. */
export const GROUPS = ["organization", "ownerId"] as const;

export type GroupId = (typeof GROUPS)[number];

/** Thresholds of silence at most: more bands nobody reads. */
export const MAX_SILENT_DAYS = 5;

export const FILTER_IDS = Object.keys(DIRECTORY_FILTERS) as readonly DirectoryFilterId[];

/** Names the desk does not know are dropped; when none is left the default is meant. */
const parseAsColumns = createParser<readonly DirectoryColumnId[]>({
  parse(text) {
    const names = text.split(",");
    const known = DIRECTORY_COLUMNS.filter((column) => names.includes(column));
    return known.length > 0 ? known : null;
  },
  serialize: (columns) => DIRECTORY_COLUMNS.filter((id) => columns.includes(id)).join(","),
  eq: (a, b) => a.length === b.length && a.every((column) => b.includes(column)),
});

const parseAsSorts = createParser<readonly DirectorySort[]>({
  parse: (text) => parseSorts(text, DIRECTORY_SORTS),
  serialize: writeSorts,
  eq: (a, b) => writeSorts(a) === writeSorts(b),
});

/** Days without a message, as an address or a person writes them; ascending, or null when there is none. */
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

const parseAsFilter = (column: DirectoryFilterId) =>
  createParser<Filter>({
    parse: (text) => parseFilter(DIRECTORY_FILTERS[column], text),
    serialize: writeFilter,
    eq: (a, b) => writeFilter(a) === writeFilter(b),
  });

const filterParsers = Object.fromEntries(
  FILTER_IDS.map((column) => [column, parseAsFilter(column)]),
) as Record<DirectoryFilterId, ReturnType<typeof parseAsFilter>>;

export const DEFAULT_SORTS: readonly DirectorySort[] = [
  { column: "subscriberCount", descending: true },
];

const SORTS: Readonly<Partial<Record<DirectoryView, readonly DirectorySort[]>>> = {
  growing: [{ column: "changeWeek", descending: true }],
  shrinking: [{ column: "changeWeek", descending: false }],
  silent: [{ column: "lastMessageAt", descending: false }],
  new: [{ column: "createdAt", descending: true }],
};

/** What comes first in a view, where nobody has chosen another order. */
export function usualSorts(view: DirectoryView): readonly DirectorySort[] {
  return SORTS[view] ?? DEFAULT_SORTS;
}

const SILENT_DAYS: readonly number[] = [7, 30, 90];

/** The grammar of the directory's address. A filter goes by the name of its column. */
export const directoryParsers = {
  app: parseAsString,
  view: parseAsStringLiteral(DIRECTORY_VIEWS).withDefault("all"),
  q: parseAsString.withDefault(""),
  sort: parseAsSorts.withDefault(DEFAULT_SORTS),
  offset: parseAsOffset.withDefault(0),
  size: parseAsSize(SIZES).withDefault(50),
  columns: parseAsColumns.withDefault(DEFAULT_COLUMNS),
  group: parseAsStringLiteral(GROUPS),
  /** Days without a message at which the bands of the view "silent" begin. */
  silent: parseAsDays.withDefault(SILENT_DAYS),
  band: parseAsBand,
  /** The channel whose drawer is open. */
  row: parseAsString,
  ...filterParsers,
};

export type DirectoryParams = inferParserType<typeof directoryParsers>;

export const loadDirectoryParams = createLoader(directoryParsers);
export const serializeDirectory = createSerializer(directoryParsers);

export type SetDirectoryParams = SetValues<typeof directoryParsers>;

/** The filters of an address. */
export function filtersOf(params: DirectoryParams): ColumnFilters<DirectoryFilterId> {
  return Object.fromEntries(
    FILTER_IDS.flatMap((column) => {
      const filter = params[column];
      return filter ? [[column, filter] as const] : [];
    }),
  );
}

/** The change of an address that sets its filters to these. */
export function paramsOfFilters(
  filters: ColumnFilters<DirectoryFilterId>,
): Record<DirectoryFilterId, Filter | null> {
  return Object.fromEntries(
    FILTER_IDS.map((column) => [column, filters[column] ?? null]),
  ) as Record<DirectoryFilterId, Filter | null>;
}

/** The change of an address that narrows nothing, within its view. */
export const UNNARROWED = { q: null, band: null, ...paramsOfFilters({}) } as const;

/** Whether an address asks for less than all of its view. */
export function isNarrowed(params: DirectoryParams): boolean {
  return (
    params.q.trim() !== "" ||
    params.band !== null ||
    FILTER_IDS.some((column) => params[column] !== null)
  );
}

/** The parameters that a saved view keeps: what is shown and how, not of which app and from where on. */
export const VIEW_PARAMS = [
  ...(["view", "q", "sort", "size", "columns", "group", "silent", "band"] as const),
  ...FILTER_IDS,
] as const;

/** What a view says of an address, read by its grammar: an old or a forged one says less, and breaks nothing. */
export function viewParams(query: string): Pick<DirectoryParams, (typeof VIEW_PARAMS)[number]> {
  const params = loadDirectoryParams(query);
  const kept = VIEW_PARAMS.map((name) => [name, params[name]] as const);
  return Object.fromEntries(kept) as Pick<DirectoryParams, (typeof VIEW_PARAMS)[number]>;
}

/** The part of an address that a view keeps, written in the one way, so that equal ones are equal. */
export function viewQuery(query: string): string {
  return serializeDirectory(viewParams(query)).slice(1);
}
