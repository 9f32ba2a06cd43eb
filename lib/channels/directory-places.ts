import { and, type SQL, sql } from "drizzle-orm";
import type { Store } from "@/lib/db/store";
import type { Condition } from "./directory-conditions";
import { type SortValue, sortValue, valueOrder } from "./directory-order";
import type { DirectoryQuery, DirectoryRange, DirectorySort } from "./directory-query";
import type { Bands } from "./directory-silence";
import { channelsOf, inSlices, sizeOf } from "./directory-slices";
import { selectRange } from "./select-range";

/** Channels, each in the same place of every list, in the order of their keys or of a slice. */
export type Places = {
  readonly keys: readonly number[];
  /** A list for each sort. */
  readonly values: readonly (readonly SortValue[])[];
};

/** Which channels are looked at, in bands or not. */
export type Sought = {
  readonly condition: Condition;
  readonly bands: Bands | null;
};

/** Some of the channels that are sought. */
export type SomePlaces = Places & {
  /** How many there are in all: of each band, also where one alone is wanted, or in one number. */
  readonly counts: readonly number[];
  /** How many of those that are wanted come before these in the order. */
  readonly before: number;
};

type Sorted = Pick<DirectoryQuery, "app" | "sorts">;

/** What the order of the channels needs that are sought. */
export async function readPlaces(
  store: Store,
  { app, sorts }: Sorted,
  { condition, bands }: Sought,
): Promise<SomePlaces> {
  const parts = await inSlices(store, app, async (slice) => {
    const values = valuesOf(sorts, bands, and(channelsOf(slice), condition(slice)));
    const { rows } = (await store.execute(sql`
      select ${countsOf(bands)} as counts, ${listsOf(sorts, isInBand(bands))}
      from (${values}) as found`)) as unknown as { rows: Counted[] };
    return placesOf(rows[0]);
  });
  return { ...together(sorts, parts), before: 0 };
}

/** The same of those only that may be among the first so many. */
export async function readFirstPlaces(
  store: Store,
  { app, sorts }: Sorted,
  { condition, bands }: Sought,
  most: number,
): Promise<SomePlaces> {
  const orders = sorts.map(
    ({ descending }, index) =>
      sql`${nameOf(index)} ${sql.raw(descending ? "desc" : "asc")} nulls last`,
  );
  const isWanted = isInBand(bands) ?? sql`true`;
  const first = sql`where ${isWanted} order by ${listed([...orders, sql`key`])} limit ${most}`;
  const parts = await inSlices(store, app, async (slice) => {
    const isSought = condition(slice);
    const size = isSought === undefined && bands === null ? sizeOf(slice) : null;
    const values = valuesOf(sorts, bands, and(channelsOf(slice), isSought));
    // Looked at twice, they are found once and kept; where nobody has to count them they need not be kept.
    const counts =
      size === null
        ? sql`(select ${countsOf(bands)} from found)`
        : sql`json_build_array(${size}::integer)`;
    const { rows } = (await store.execute(sql`
      with found as (${values})
      select ${counts} as counts, ${listsOf(sorts)}
      from (select * from found ${first}) as first`)) as unknown as { rows: Counted[] };
    return placesOf(rows[0]);
  });
  return { ...together(sorts, parts), before: 0 };
}

/** The keys of the channels from a place in their order on. */
export async function keysInOrder(
  { keys, values }: Places,
  sorts: readonly Pick<DirectorySort, "descending">[],
  { offset, limit }: DirectoryRange,
): Promise<number[]> {
  const orders = sorts.map(({ descending }, index) => valueOrder(values[index] ?? [], descending));
  const order = (a: number, b: number) => {
    for (const byValue of orders) {
      const found = byValue(a, b);
      if (found !== 0) return found;
    }
    return (keys[a] ?? 0) - (keys[b] ?? 0);
  };
  const places = await selectRange(keys.length, order, offset, limit);
  return places.flatMap((place) => keys[place] ?? []);
}

/** The keys and the values of channels, see `nameOf`, and their bands. */
export function valuesOf(
  sorts: readonly DirectorySort[],
  bands: Bands | null,
  condition: SQL | undefined,
): SQL {
  const values = sorts.map((sort, index) => sql`${sortValue(sort)} as ${nameOf(index)}`);
  const band = bands === null ? [] : [sql`${bands.of} as band`];
  return sql`select ${listed([sql`key`, ...values, ...band])} from channels where ${condition}`;
}

/** How many of them there are, of each band or in one number. */
export function countsOf(bands: Bands | null): SQL {
  if (bands === null) return sql`json_build_array(count(*))`;
  const counts = Array.from(
    { length: bands.count },
    (_, band) => sql`count(*) filter (where band = ${sql.raw(String(band))})`,
  );
  return sql`json_build_array(${listed(counts)})`;
}

/** Which of them are wanted; undefined: all. */
export function isInBand(bands: Bands | null): SQL | undefined {
  const wanted = bands?.wanted ?? null;
  return wanted === null ? undefined : sql`band = ${sql.raw(String(wanted))}`;
}

/** What the value of a sort is called. */
export function nameOf(index: number): SQL {
  return sql.raw(`v${index}`);
}

/**
 * Keys and values in lists, because the embedded store takes several times as long to give as many rows.
 *
 * @param some a condition of those that are meant, if not all are
 */
export function listsOf(sorts: readonly DirectorySort[], some?: SQL): SQL {
  const list = (of: SQL) =>
    some === undefined ? sql`json_agg(${of})` : sql`json_agg(${of}) filter (where ${some})`;
  const values = sorts.map((_, index) => list(nameOf(index)));
  return sql`${list(sql`key`)} as keys, json_build_array(${listed(values)}) as values`;
}

/** What `listsOf` gives, and `countsOf`. */
export type Counted = {
  readonly counts: number[];
  readonly keys: number[] | null;
  readonly values: (SortValue[] | null)[];
};

/** What was found in a slice as places; none where nothing was. */
export function placesOf(found: Counted | undefined): Part {
  const { counts = [], keys, values = [] } = found ?? {};
  return { counts, keys: keys ?? [], values: values.map((list) => list ?? []) };
}

type Part = Omit<SomePlaces, "before">;

/** The places of slices as those of all of them. */
export function together(sorts: readonly DirectorySort[], parts: readonly Part[]): Part {
  const [first] = parts;
  return {
    counts: (first?.counts ?? []).map((_, band) =>
      sum(parts.map(({ counts }) => counts[band] ?? 0)),
    ),
    keys: parts.flatMap(({ keys }) => keys),
    values: sorts.map((_, index) => parts.flatMap(({ values }) => values[index] ?? [])),
  };
}

/** How many of the channels that are sought are wanted. */
export function totalOf({ counts }: Pick<SomePlaces, "counts">, bands: Bands | null): number {
  const wanted = bands?.wanted ?? null;
  return wanted === null ? sum(counts) : (counts[wanted] ?? 0);
}

/** What numbers come to. */
export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function listed(parts: readonly SQL[]): SQL {
  return sql.join([...parts], sql`, `);
}
