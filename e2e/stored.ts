import { is } from "drizzle-orm";
import { PgTable } from "drizzle-orm/pg-core";
import * as channelSchema from "@/lib/db/channel-schema";
import * as schema from "@/lib/db/schema";
import type { Store } from "@/lib/db/store";

/** All that a store holds, the audit among it, as one text to search in. */
export async function storedIn(store: Store): Promise<string> {
  const parts: unknown[] = [...Object.values(schema), ...Object.values(channelSchema)];
  const tables = parts.filter((part) => is(part, PgTable));
  return JSON.stringify(await Promise.all(tables.map((table) => store.select().from(table))));
}
