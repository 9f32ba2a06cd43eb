import { type SQL, type SQLWrapper, sql } from "drizzle-orm";

/**
 * An instant in milliseconds, as Date has it: exact, since no instant of the database has parts of one. It
 * goes into a list of a statement's answer in a fraction of the time that a text of it takes.
 */
export function millisecondsOf(instant: SQLWrapper): SQL<number> {
  return sql<number>`(date_part('epoch', ${instant}) * 1000)::bigint`;
}
