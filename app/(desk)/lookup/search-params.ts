import type { SetValues } from "nuqs";
import { createLoader, createSerializer, type inferParserType, parseAsString } from "nuqs/server";
import { FIELDS, type Field } from "@/lib/chat-api/types";
import {
  filterParams,
  parseAsFlag,
  parseAsIds,
  parseAsOffset,
  parseAsSize,
  parseAsSorts,
  savedViewParams,
} from "@/lib/list-params";
import { COLUMN_IDS, FILTER_KINDS } from "@/lib/subscriptions/filter";
import type { Sort, ViewQuery } from "@/lib/subscriptions/view";
import { VIEW_PARAMS } from "@/lib/views/view-query";

/** Rows a page, as the vendor's Limit. */
export const SIZES = [20, 50, 100, 200] as const;

export const DEFAULT_FIELDS: readonly Field[] = [
  "name",
  "ownerId",
  "subscriberCount",
  "lastMessageAt",
  "avatarUrl",
  "subscribedAt",
];

const filters = filterParams(FILTER_KINDS);

const NO_SORT: readonly Sort[] = [];

/** The parameters of the address. A filter has the name of its column. */
export const lookupParsers = {
  app: parseAsString,
  subscriber: parseAsString,
  fields: parseAsIds(FIELDS, true).withDefault(DEFAULT_FIELDS),
  offset: parseAsOffset.withDefault(0),
  size: parseAsSize(SIZES).withDefault(50),
  /** Whether to read the whole set, however many calls it takes. */
  whole: parseAsFlag.withDefault(false),
  q: parseAsString.withDefault(""),
  sort: parseAsSorts(COLUMN_IDS).withDefault(NO_SORT),
  /** The channel whose drawer is open. */
  row: parseAsString,
  /** The channel of the membership question. */
  follows: parseAsString,
  ...filters.parsers,
};

export type LookupParams = inferParserType<typeof lookupParsers>;

export const loadLookupParams = createLoader(lookupParsers);
export const serializeLookup = createSerializer(lookupParsers);

export type SetLookupParams = SetValues<typeof lookupParsers>;

/** Returns the search, filters and sorts of an address. */
export function viewQueryOf(params: LookupParams): ViewQuery {
  return { search: params.q, filters: filters.filtersOf(params), sorts: params.sort };
}

/** Returns the change of an address that sets exactly these filters. */
export const paramsOfFilters = filters.paramsOf;

/** The change of an address that removes the search, all filters and sorts. */
export const EMPTY_VIEW = { q: null, sort: null, ...paramsOfFilters({}) } as const;

export const { viewParams, viewQuery } = savedViewParams(
  (query: string) => loadLookupParams(query),
  (params) => serializeLookup(params),
  VIEW_PARAMS,
);
