import { resolve } from "node:path";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { env, type StoreLocation } from "@/lib/env";

/** The desk's database, the same to its callers whether embedded or a PostgreSQL server. */
export type Store = PgDatabase<PgQueryResultHKT> & {
  /**
   * In how many statements a reader of much may have its parts read at once. Absent: in one, as in a
   * transaction, and in the embedded store, which lets this process do nothing else meanwhile.
   */
  readonly statementsAtOnce?: number;
};

/** The store within a transaction. */
export type Transaction = Parameters<Parameters<Store["transaction"]>[0]>[0];

export type OpenedStore = { readonly store: Store; close(): Promise<void> };

declare global {
  // Several bundles and reloads of one process must share the one database that process may open.
  var channelDeskStore: Promise<OpenedStore> | undefined;
}

/**
 * The store of this process, opened and migrated at the first call.
 * Throws a StoreError that says in one sentence why it cannot be opened.
 */
export async function store(): Promise<Store> {
  globalThis.channelDeskStore ??= openStore(env().store);
  try {
    return (await globalThis.channelDeskStore).store;
  } catch (error) {
    globalThis.channelDeskStore = undefined;
    throw error;
  }
}

/** Closes the store of this process, if it was opened, and gives its directory free. */
export async function closeStore(): Promise<void> {
  const opened = globalThis.channelDeskStore;
  globalThis.channelDeskStore = undefined;
  await (await opened)?.close();
}

/** Opens and migrates a store; the caller closes it. Throws a StoreError. */
export async function openStore(location: StoreLocation): Promise<OpenedStore> {
  const migrationsFolder = resolve(process.cwd(), "lib/db/migrations");
  // Each driver is loaded only where it is used: the embedded one alone takes hundreds of megabytes.
  if (location.kind === "postgres") {
    const { openPostgres } = await import("./postgres");
    return openPostgres(location.url, migrationsFolder);
  }
  const { openEmbedded } = await import("./embedded");
  return openEmbedded(location.directory, migrationsFolder);
}
