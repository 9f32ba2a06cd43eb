import { setImmediate } from "node:timers/promises";
import { and, eq, gt, lte, type SQL, sql } from "drizzle-orm";
import { channels } from "@/lib/db/channel-schema";
import type { Store } from "@/lib/db/store";
import { SLICE } from "./directory-limits";

/** For how long slices are taken to be of about the same size. In milliseconds. */
const KEPT_MS = 60_000;

type Ends = { readonly keys: readonly number[]; readonly at: number };

const known = new WeakMap<Store, Map<string, Ends>>();

/**
 * Reads all channels of an app slice by slice, in the order of their keys; others have their turn between
 * two slices. Each channel is in one slice, however old the knowledge of their sizes is.
 *
 * @param read reads the channels that the condition finds
 */
export async function inSlices<Part>(
  store: Store,
  app: string,
  read: (slice: SQL | undefined) => Promise<Part>,
): Promise<Part[]> {
  const ends = await sliceEnds(store, app);
  const parts: Part[] = [];
  for (let index = 0; index <= ends.length; index += 1) {
    if (index > 0) await setImmediate();
    const [after, last] = [ends[index - 1], ends[index]];
    const slice = and(
      eq(channels.app, app),
      after === undefined ? undefined : gt(channels.key, after),
      last === undefined ? undefined : lte(channels.key, last),
    );
    parts.push(await read(slice));
  }
  return parts;
}

/** The keys with which slices end, ascending; the last slice has no end. */
async function sliceEnds(store: Store, app: string): Promise<readonly number[]> {
  const ofStore = known.get(store) ?? new Map<string, Ends>();
  known.set(store, ofStore);
  const before = ofStore.get(app);
  if (before && performance.now() - before.at < KEPT_MS) return before.keys;
  const keys: number[] = [];
  for (let after = 0; ; await setImmediate()) {
    const { rows } = (await store.execute(sql`
      select key from channels where app = ${app} and key > ${after}
      order by key limit 1 offset ${SLICE - 1}`)) as unknown as { rows: { key: number }[] };
    const [end] = rows;
    if (end === undefined) break;
    after = end.key;
    keys.push(end.key);
  }
  ofStore.set(app, { keys, at: performance.now() });
  return keys;
}
