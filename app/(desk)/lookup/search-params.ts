import type { SetValues } from "nuqs";
import {
  createLoader,
  createParser,
  createSerializer,
  type inferParserType,
  parseAsString,
} from "nuqs/server";
import { FIELDS, type Field } from "@/lib/chat-api/types";
import { parseAsOffset, parseAsSize } from "@/lib/paging-params";
import {
  COLUMN_IDS,
  type ColumnId,
  FILTER_KINDS,
  type Filter,
  type Filters,
} from "@/lib/subscriptions/filter";
import { parseFilter, writeFilter } from "@/lib/subscriptions/filter-text";
import { parseSorts, writeSorts } from "@/lib/subscriptions/sort-text";
import type { Sort, ViewQuery } from "@/lib/subscriptions/view";

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

/** Names the desk does not know are dropped; when none is left the default is meant. */
const parseAsFields = createParser<readonly Field[]>({
  parse(text) {
    const names = text.split(",");
    const known = FIELDS.filter((field) => names.includes(field));
    return known.length > 0 || text === "" ? known : null;
  },
  serialize: (fields) => FIELDS.filter((field) => fields.includes(field)).join(","),
  eq: (a, b) => a.length === b.length && a.every((field) => b.includes(field)),
});

const parseAsFlag = createParser<boolean>({
  parse: (text) => (text === "1" ? true : null),
  serialize: () => "1",
});

const parseAsSorts = createParser<readonly Sort[]>({
  parse: (text) => parseSorts(text, COLUMN_IDS),
  serialize: writeSorts,
  eq: (a, b) => writeSorts(a) === writeSorts(b),
});

const parseAsFilter = (column: ColumnId) =>
  createParser<Filter>({
    parse: (text) => parseFilter(FILTER_KINDS[column], text),
    serialize: writeFilter,
    eq: (a, b) => writeFilter(a) === writeFilter(b),
  });

const filterParsers = Object.fromEntries(
  COLUMN_IDS.map((column) => [column, parseAsFilter(column)]),
) as Record<ColumnId, ReturnType<typeof parseAsFilter>>;

const NO_SORT: readonly Sort[] = [];

/** The grammar of a lookup's address. A filter goes by the name of its column. */
export const lookupParsers = {
  app: parseAsString,
  subscriber: parseAsString,
  fields: parseAsFields.withDefault(DEFAULT_FIELDS),
  offset: parseAsOffset.withDefault(0),
  size: parseAsSize(SIZES).withDefault(50),
  /** The whole set is wanted, however many calls it takes. */
  whole: parseAsFlag.withDefault(false),
  q: parseAsString.withDefault(""),
  sort: parseAsSorts.withDefault(NO_SORT),
  /** The channel whose drawer is open. */
  row: parseAsString,
  /** The channel of which is asked whether the subscriber follows it. */
  follows: parseAsString,
  ...filterParsers,
};

export type LookupParams = inferParserType<typeof lookupParsers>;

export const loadLookupParams = createLoader(lookupParsers);
export const serializeLookup = createSerializer(lookupParsers);

export type SetLookupParams = SetValues<typeof lookupParsers>;

/** What an address wants of the whole set. */
export function viewQueryOf(params: LookupParams): ViewQuery {
  const filters = Object.fromEntries(
    COLUMN_IDS.flatMap((column) => {
      const filter = params[column];
      return filter ? [[column, filter] as const] : [];
    }),
  );
  return { search: params.q, filters, sorts: params.sort };
}

/** The change of an address that narrows and orders nothing. */
export const EMPTY_VIEW = {
  q: null,
  sort: null,
  ...(Object.fromEntries(COLUMN_IDS.map((column) => [column, null])) as Record<ColumnId, null>),
};

/** The change of an address that sets its filters to these. */
export function paramsOfFilters(filters: Filters): Record<ColumnId, Filter | null> {
  const columns = COLUMN_IDS.map((column) => [column, filters[column] ?? null]);
  return Object.fromEntries(columns) as Record<ColumnId, Filter | null>;
}
