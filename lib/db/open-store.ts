import { resolve } from "node:path";
import { env, type StoreLocation } from "@/lib/env";
import type { OpenedStore } from "./store";

/**
 * Opens and migrates the store of this process at the first call, for `store()` everywhere in it.
 * Throws a StoreError that says in one sentence why it cannot be opened.
 */
export async function openProcessStore(): Promise<OpenedStore> {
  globalThis.channelDeskStore ??= openStore(env().store);
  try {
    return await globalThis.channelDeskStore;
  } catch (error) {
    globalThis.channelDeskStore = undefined;
    throw error;
  }
}

/** Closes the store of this process, if it was opened, and gives its directory free. */
export async function closeProcessStore(): Promise<void> {
  const opened = globalThis.channelDeskStore;
  globalThis.channelDeskStore = undefined;
  await (await opened)?.close();
}

/** Opens and migrates a store; the caller closes it. Throws a StoreError. */
export async function openStore(location: StoreLocation): Promise<OpenedStore> {
  const migrationsFolder = resolve(process.cwd(), "lib/db/migrations");
  if (location.kind === "postgres") {
    const { openPostgres } = await import("./postgres");
    return openPostgres(location.url, migrationsFolder);
  }
  // Loaded only where it is used: it takes hundreds of megabytes.
  const { openEmbedded } = await import("./embedded");
  return openEmbedded(location.directory, migrationsFolder);
}
