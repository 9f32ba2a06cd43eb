import { createParser } from "nuqs/server";
import type { ColumnFilters, ColumnSort, Filter, FilterKind } from "@/lib/subscriptions/filter";
import { parseFilter, parseSorts, writeFilter, writeSorts } from "@/lib/subscriptions/filter";

const WHOLE_NUMBER = /^\d{1,9}$/;

/** Parses the index of the first row of a page, from 0. */
export const parseAsOffset = createParser<number>({
  parse: (text) => (WHOLE_NUMBER.test(text) ? Number(text) : null),
  serialize: String,
});

/**
 * Parses the number of rows of a page. Another size than the offered ones becomes the next larger one, or
 * the largest.
 *
 * @param sizes in ascending order
 */
export function parseAsSize(sizes: readonly [number, ...number[]]) {
  return createParser<number>({
    parse: (text) =>
      WHOLE_NUMBER.test(text)
        ? (sizes.find((size) => size >= Number(text)) ?? Math.max(...sizes))
        : null,
    serialize: String,
  });
}

/** Parses `1` as true. */
export const parseAsFlag = createParser<boolean>({
  parse: (text) => (text === "1" ? true : null),
  serialize: () => "1",
});

/**
 * Parses a set of ids, returned in the order of `known`. Drops unknown ids. Without any known id the
 * default applies, but an empty text stands for no id if `mayBeEmpty`.
 */
export function parseAsIds<Id extends string>(known: readonly Id[], mayBeEmpty: boolean) {
  return createParser<readonly Id[]>({
    parse(text) {
      const names = text.split(",");
      const ids = known.filter((id) => names.includes(id));
      return ids.length > 0 || (mayBeEmpty && text === "") ? ids : null;
    },
    serialize: (ids) => known.filter((id) => ids.includes(id)).join(","),
    eq: (a, b) => a.length === b.length && a.every((id) => b.includes(id)),
  });
}

/** Parses the sorts of a list by these columns. */
export function parseAsSorts<Id extends string>(columns: readonly Id[]) {
  return createParser<readonly ColumnSort<Id>[]>({
    parse: (text) => parseSorts(text, columns),
    serialize: writeSorts,
    eq: (a, b) => writeSorts(a) === writeSorts(b),
  });
}

function parseAsFilter(kind: FilterKind) {
  return createParser<Filter>({
    parse: (text) => parseFilter(kind, text),
    serialize: writeFilter,
    eq: (a, b) => writeFilter(a) === writeFilter(b),
  });
}

/** The filters of a list in its address. Each parameter has the name of its column. */
export function filterParams<Id extends string>(kinds: Readonly<Record<Id, FilterKind>>) {
  const ids = Object.keys(kinds) as Id[];
  return {
    parsers: Object.fromEntries(ids.map((id) => [id, parseAsFilter(kinds[id])])) as Record<
      Id,
      ReturnType<typeof parseAsFilter>
    >,
    /** Returns the filters of parsed parameters. */
    filtersOf: (params: Readonly<Record<Id, Filter | null>>): ColumnFilters<Id> =>
      Object.fromEntries(
        ids.flatMap((id) => (params[id] ? [[id, params[id]] as const] : [])),
      ) as ColumnFilters<Id>,
    /** Returns the parameters that set exactly these filters. */
    paramsOf: (filters: ColumnFilters<Id>) =>
      Object.fromEntries(ids.map((id) => [id, filters[id] ?? null])) as Record<Id, Filter | null>,
  };
}

/**
 * Returns functions for the part of an address that a saved view keeps.
 *
 * @param names the parameters that it keeps
 */
export function savedViewParams<Params extends object, Name extends keyof Params>(
  load: (query: string) => Params,
  serialize: (params: Pick<NoInfer<Params>, Name>) => string,
  names: readonly Name[],
) {
  const viewParams = (query: string) => {
    const params = load(query);
    return Object.fromEntries(names.map((name) => [name, params[name]])) as Pick<Params, Name>;
  };
  return {
    /** Parses the query of a saved view. Ignores unknown parameters and invalid values. */
    viewParams,
    /** Returns the part of a query that a view saves, in one canonical form for comparison. */
    viewQuery: (query: string) => serialize(viewParams(query)).slice(1),
  };
}
