import { and, type SQL, sql } from "drizzle-orm";
import type { Store } from "@/lib/db/store";
import type { Condition } from "./directory-conditions";
import { type SortValue, sortValue, valueOrder } from "./directory-order";
import type { DirectoryQuery, DirectoryRange, DirectorySort } from "./directory-query";
import { channelsOf, inSlices, sizeOf } from "./directory-slices";
import { selectRange } from "./select-range";

/** Channels, each in the same place of every list, in the order of their keys or of a slice. */
export type Places = {
  readonly keys: readonly number[];
  /** A list for each sort. */
  readonly values: readonly (readonly SortValue[])[];
};

/** Some of the channels that a condition finds. */
export type SomePlaces = Places & {
  /** How many it finds in all. */
  readonly total: number;
  /** How many of them come before these in the order. */
  readonly before: number;
};

type Sorted = Pick<DirectoryQuery, "app" | "sorts">;

/** What the order of the channels needs that a condition finds. */
export async function readPlaces(
  store: Store,
  { app, sorts }: Sorted,
  condition: Condition,
): Promise<SomePlaces> {
  const parts = await inSlices(store, app, async (slice) => {
    const values = valuesOf(sorts, and(channelsOf(slice), condition(slice)));
    const { rows } = (await store.execute(sql`
      select ${listsOf(sorts)} from (${values}) as found`)) as unknown as { rows: Lists[] };
    return placesOf(rows[0]);
  });
  const places = together(sorts, parts);
  return { ...places, total: places.keys.length, before: 0 };
}

/**
 * The same of those only that may be among the first so many.
 *
 * @param total how many the condition finds in all, where that is known; null: they are counted
 */
export async function readFirstPlaces(
  store: Store,
  { app, sorts }: Sorted,
  condition: Condition,
  most: number,
  total: number | null,
): Promise<SomePlaces> {
  const orders = sorts.map(
    ({ descending }, index) =>
      sql`${nameOf(index)} ${sql.raw(descending ? "desc" : "asc")} nulls last`,
  );
  const first = sql`order by ${listed([...orders, sql`key`])} limit ${most}`;
  const parts = await inSlices(store, app, async (slice) => {
    const isWanted = condition(slice);
    const known = total === null && isWanted === undefined ? sizeOf(slice) : total;
    const values = valuesOf(sorts, and(channelsOf(slice), isWanted));
    // Looked at twice, they are found once and kept; where nobody has to count them they need not be kept.
    const { rows } = (await store.execute(sql`
      with found as (${values})
      select ${known ?? sql`(select count(*) from found)`}::integer as total, ${listsOf(sorts)}
      from (select * from found ${first}) as first`)) as unknown as {
      rows: (Lists & { readonly total: number })[];
    };
    const [found] = rows;
    return { ...placesOf(found), total: found?.total ?? 0 };
  });
  const counted = parts.reduce((sum, part) => sum + part.total, 0);
  return { ...together(sorts, parts), total: total ?? counted, before: 0 };
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

/** The keys and the values of channels; see `nameOf`. */
export function valuesOf(sorts: readonly DirectorySort[], condition: SQL | undefined): SQL {
  const values = sorts.map((sort, index) => sql`${sortValue(sort)} as ${nameOf(index)}`);
  return sql`select ${listed([sql`key`, ...values])} from channels where ${condition}`;
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

/** What `listsOf` gives. */
export type Lists = {
  readonly keys: number[] | null;
  readonly values: (SortValue[] | null)[];
};

export function placesOf(lists: Lists | undefined): Places {
  return { keys: lists?.keys ?? [], values: lists?.values.map((list) => list ?? []) ?? [] };
}

/** The places of slices as those of all of them. */
export function together(sorts: readonly DirectorySort[], parts: readonly Places[]): Places {
  return {
    keys: parts.flatMap(({ keys }) => keys),
    values: sorts.map((_, index) => parts.flatMap(({ values }) => values[index] ?? [])),
  };
}

function listed(parts: readonly SQL[]): SQL {
  return sql.join([...parts], sql`, `);
}
