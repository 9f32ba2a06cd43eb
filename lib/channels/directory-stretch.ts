import { and, type SQL, sql } from "drizzle-orm";
import type { Store } from "@/lib/db/store";
import { MARGIN, SAMPLED } from "./directory-limits";
import { type SortValue, valueOrder } from "./directory-order";
import {
  type Counted,
  countsOf,
  isInBand,
  listsOf,
  nameOf,
  placesOf,
  readPlaces,
  type SomePlaces,
  type Sought,
  sum,
  together,
  totalOf,
  valuesOf,
} from "./directory-places";
import type { DirectoryQuery, DirectoryRange, DirectorySort } from "./directory-query";
import { channelsOf, inSlices, type Slice } from "./directory-slices";

type Sorted = Pick<DirectoryQuery, "app" | "sorts">;

/**
 * What the order of the channels needs that are sought, of those that may be in a range far from
 * the first; where there are not so many, of the last ones. A sample tells between which values they are;
 * if it has misled, all are read.
 */
export async function readPlacesAround(
  store: Store,
  query: Sorted,
  sought: Sought,
  range: DirectoryRange,
): Promise<SomePlaces> {
  const [sort] = query.sorts;
  if (sort === undefined) return readPlaces(store, query, sought);
  const sample = await readSample(store, query.app, sort, sought);
  const ends = endsOf(sample, sort, range);
  const places = await readStretch(store, query, sought, ends);
  const isHeld = holds(places, totalOf(places, sought.bands), range);
  return isHeld ? places : readPlaces(store, query, sought);
}

/** Values between which a stretch of the order is, both included; without one it goes to that end. */
type Ends = { readonly from?: SortValue; readonly to?: SortValue };

function endsOf(
  sample: readonly SortValue[],
  { descending }: DirectorySort,
  { offset, limit }: DirectoryRange,
): Ends {
  const order = valueOrder(sample, descending);
  const sorted = [...sample.keys()].sort(order).map((place) => sample[place] ?? null);
  // How many of a sample come before a place is told within its square root.
  const margin = (rank: number) => MARGIN * Math.sqrt(rank + 1);
  const first = Math.min(offset / SAMPLED, sorted.length);
  const last = (offset + limit) / SAMPLED;
  return {
    from: sorted[Math.floor(first - margin(first))],
    to: sorted[Math.ceil(last + margin(last))],
  };
}

/** Whether a range, or the last of all, is among these. */
function holds(
  { keys, before }: SomePlaces,
  total: number,
  { offset, limit }: DirectoryRange,
): boolean {
  const end = before + keys.length;
  return (
    before <= Math.max(0, Math.min(offset, total - limit)) &&
    (end === total || end >= offset + limit)
  );
}

/** The values of one channel of so many, wherever it is among these, if it is wanted. */
async function readSample(
  store: Store,
  app: string,
  sort: DirectorySort,
  { condition, bands }: Sought,
): Promise<SortValue[]> {
  const isWanted = isInBand(bands);
  const parts = await inSlices(store, app, async (slice) => {
    const found = and(channelsOf(slice), isSampled(slice), condition(slice));
    const { rows } = (await store.execute(sql`
      select json_agg(${nameOf(0)}) as values
      from (${valuesOf([sort], bands, found)}) as found where ${isWanted ?? sql`true`}`)) as unknown as {
      rows: { values: SortValue[] | null }[];
    };
    return rows[0]?.values ?? [];
  });
  return parts.flat();
}

function isSampled({ after, last }: Slice): SQL {
  const end = last ?? sql`(select max(key) from channels)`;
  // Always at the same place, the sample would tell nothing of what comes back after as many channels.
  return sql`key = any(array(
    select at + (hashint4(at) & 2147483647) % ${SAMPLED}::integer
    from generate_series(${(after ?? 0) + 1}::integer, ${end}::integer, ${SAMPLED}::integer) as at))`;
}

async function readStretch(
  store: Store,
  { app, sorts }: Sorted,
  { condition, bands }: Sought,
  ends: Ends,
): Promise<SomePlaces> {
  const isWanted = isInBand(bands);
  const isBefore = and(isWanted, comesBefore(sorts, ends.from));
  const isWithin = and(isWanted, comesFrom(sorts, ends.from), comesUpTo(sorts, ends.to));
  const parts = await inSlices(store, app, async (slice) => {
    // With an offset, each value is found once, however often it is looked at.
    const values = sql`${valuesOf(sorts, bands, and(channelsOf(slice), condition(slice)))} offset 0`;
    const { rows } = (await store.execute(sql`
      select ${countsOf(bands)} as counts, (count(*) filter (where ${isBefore}))::integer as before,
        ${listsOf(sorts, isWithin)}
      from (${values}) as found`)) as unknown as {
      rows: (Counted & { readonly before: number })[];
    };
    return { ...placesOf(rows[0]), before: rows[0]?.before ?? 0 };
  });
  return {
    ...together(sorts, parts),
    before: sum(parts.map(({ before }) => before)),
  };
}

type Sorts = readonly DirectorySort[];

/** The first value of a row. */
const VALUE = nameOf(0);

// What is not known comes last, either way.

function comesBefore([sort]: Sorts, end: SortValue | undefined): SQL {
  if (end === undefined) return sql`false`;
  if (end === null) return sql`${VALUE} is not null`;
  return sort?.descending ? sql`${VALUE} > ${bound(end)}` : sql`${VALUE} < ${bound(end)}`;
}

function comesFrom([sort]: Sorts, end: SortValue | undefined): SQL | undefined {
  if (end === undefined) return undefined;
  if (end === null) return sql`${VALUE} is null`;
  const isKnown = sort?.descending
    ? sql`${VALUE} <= ${bound(end)}`
    : sql`${VALUE} >= ${bound(end)}`;
  return sql`(${VALUE} is null or ${isKnown})`;
}

function comesUpTo([sort]: Sorts, end: SortValue | undefined): SQL | undefined {
  if (end === undefined || end === null) return undefined;
  return sort?.descending ? sql`${VALUE} >= ${bound(end)}` : sql`${VALUE} <= ${bound(end)}`;
}

function bound(value: string | number): SQL {
  return typeof value === "number" ? sql`${value}::float8` : sql`${value}::text collate "C"`;
}
