import "server-only";
import { listKnownChannels } from "@/lib/channels/directory";
import type { KnownChannel } from "@/lib/channels/known-channel";
import type { Database } from "@/lib/db/database";

type Looked = { readonly app: string; readonly userId: string };

/** The channels of an app with these ids, as far as the desk knows them, each once and in no order. */
export function findRows(
  db: Database,
  { app, userId }: Looked,
  ids: readonly string[],
  now: Date,
): Promise<readonly KnownChannel[]> {
  const query = {
    ...{ app, userId, view: "all" as const, search: "", sorts: [], silentDays: [], band: null },
    filters: { channelId: { op: "oneOf" as const, values: ids } },
  };
  return listKnownChannels(db, query, ids.length, now);
}
