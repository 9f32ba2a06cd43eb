import { and, type SQL, sql } from "drizzle-orm";
import type { Store } from "@/lib/db/store";
import type { Condition } from "./directory-conditions";
import { type SortValue, sortValue, valueOrder } from "./directory-order";
import type { DirectoryQuery, DirectoryRange, DirectorySort } from "./directory-query";
import { channelsOf, inSlices } from "./directory-slices";
import { selectRange } from "./select-range";

/** Channels, each in the same place of every list, in the order of their keys or of a slice. */
export type Places = {
  readonly keys: readonly number[];
  /** A list for each sort. */
  readonly values: readonly (readonly SortValue[])[];
};

/**
 * What the order of the channels needs that a condition finds.
 *
 * @param most only those are needed that may be among the first so many; null: all
 */
export async function readPlaces(
  store: Store,
  { app, sorts }: Pick<DirectoryQuery, "app" | "sorts">,
  condition: Condition,
  most: number | null,
): Promise<Places> {
  const parts = await inSlices(store, app, (slice) =>
    readPlacesOfSlice(store, and(channelsOf(slice), condition(slice)), sorts, most),
  );
  return {
    keys: parts.flatMap((part) => part.keys),
    values: sorts.map((_, index) => parts.flatMap((part) => part.values[index] ?? [])),
  };
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

async function readPlacesOfSlice(
  store: Store,
  condition: SQL | undefined,
  sorts: readonly DirectorySort[],
  most: number | null,
): Promise<Places> {
  const values = sorts.map(sortValue);
  const orders = sorts.map(
    ({ descending }, index) =>
      sql`${values[index]} ${sql.raw(descending ? "desc" : "asc")} nulls last`,
  );
  const columns = values.map((value, index) => sql`${value} as ${nameOf(index)}`);
  const lists = values.map((_, index) => sql`json_agg(${nameOf(index)})`);
  const isFirst = sql`order by ${listed([...orders, sql`key`])} limit ${most}`;
  // In lists, because the embedded store takes several times as long to give as many rows.
  const { rows } = (await store.execute(sql`
    select json_agg(key) as keys, json_build_array(${listed(lists)}) as values
    from (
      select ${listed([sql`key`, ...columns])} from channels where ${condition}
      ${most === null ? undefined : isFirst}
    ) as found`)) as unknown as { rows: Lists[] };
  const [found] = rows;
  return { keys: found?.keys ?? [], values: found?.values.map((list) => list ?? []) ?? [] };
}

type Lists = {
  readonly keys: number[] | null;
  readonly values: (SortValue[] | null)[];
};

function nameOf(index: number): SQL {
  return sql.raw(`v${index}`);
}

function listed(parts: readonly SQL[]): SQL {
  return sql.join([...parts], sql`, `);
}
