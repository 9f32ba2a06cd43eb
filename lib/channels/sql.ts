import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

/** Returns rows as a table of a statement. All rows are one parameter. */
export function recordset(name: string, rows: readonly object[], shape: SQL): SQL {
  return sql`json_to_recordset(${JSON.stringify(rows)}::json) as ${sql.identifier(name)}(${shape})`;
}

/** Returns an instant in milliseconds, which JSON lists contain much faster than a timestamp. */
export function millisecondsOf(instant: SQLWrapper): SQL<number> {
  return sql<number>`(date_part('epoch', ${instant}) * 1000)::bigint`;
}

/**
 * Joins the last count read by a time, as `as_of`, and the first reading after it, as `following`. The
 * statement needs a table `times` with `key` and `time`. Rows without an earlier count are dropped.
 */
export const COUNT_AS_OF = sql`
  cross join lateral (
    select at, until, subscriber_count from snapshots
    where channel_key = times.key and at <= times.time and subscriber_count is not null
    order by at desc limit 1
  ) as as_of
  left join lateral (
    select at from snapshots
    where channel_key = times.key and at > as_of.at and subscriber_count is not null
    order by at limit 1
  ) as following on true`;
