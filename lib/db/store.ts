import type { NodePgQueryResultHKT } from "drizzle-orm/node-postgres";
import type { PgDatabase } from "drizzle-orm/pg-core";

/** The desk's database, the same to its callers whether embedded or a PostgreSQL server. */
export type Store = PgDatabase<NodePgQueryResultHKT>;

/** The store within a transaction. */
export type Transaction = Parameters<Parameters<Store["transaction"]>[0]>[0];

export type OpenedStore = {
  readonly store: Store;
  /** Rejects with a StoreError when the database has ended by itself. Only the embedded one can. */
  readonly failure?: Promise<never>;
  close(): Promise<void>;
};

declare global {
  // The pages are a bundle of their own in the process that opened the database.
  var channelDeskStore: Promise<OpenedStore> | undefined;
}

/** Returns the store of this process, which `openProcessStore` has opened. */
export async function store(): Promise<Store> {
  if (globalThis.channelDeskStore === undefined) throw new Error("The store is not open.");
  return (await globalThis.channelDeskStore).store;
}
