import { and, type SQL, sql } from "drizzle-orm";
import type { Store } from "@/lib/db/store";
import { type SortValue, sortValue, sortValueOrder } from "./directory-order";
import type { DirectoryQuery, DirectoryRange, DirectorySort } from "./directory-query";
import { inSlices } from "./directory-slices";
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
  condition: SQL | undefined,
  most: number | null,
): Promise<Places> {
  const parts = await inSlices(store, app, (slice) =>
    readPlacesOfSlice(store, and(slice, condition), sorts, most),
  );
  return {
    keys: parts.flatMap((part) => part.keys),
    values: sorts.map((_, index) => parts.flatMap((part) => part.values[index] ?? [])),
  };
}

/** The keys of the channels from a place in their order on. */
export function keysInOrder(
  { keys, values }: Places,
  sorts: readonly DirectorySort[],
  { offset, limit }: DirectoryRange,
): number[] {
  const columns = sorts.map(({ descending }, index) => ({
    descending,
    list: values[index] ?? [],
  }));
  const order = (a: number, b: number) => {
    for (const { list, descending } of columns) {
      const byValue = sortValueOrder(list[a] ?? null, list[b] ?? null, descending);
      if (byValue !== 0) return byValue;
    }
    return (keys[a] ?? 0) - (keys[b] ?? 0);
  };
  return selectRange(keys.length, order, offset, limit).flatMap((index) => keys[index] ?? []);
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
