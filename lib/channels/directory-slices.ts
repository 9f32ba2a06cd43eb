import { setImmediate } from "node:timers/promises";
import { and, eq, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { channels } from "@/lib/db/channel-schema";
import type { Store } from "@/lib/db/store";
import { SLICE } from "./directory-limits";

/** For how long slices are taken to be of about the same size. In milliseconds. */
const KEPT_MS = 60_000;

type Ends = { readonly keys: readonly number[]; readonly at: number };

const known = new WeakMap<Store, Map<string, Ends>>();

/** Channels of an app whose keys lie together. */
export type Slice = {
  readonly app: string;
  /** Their keys are greater than this; null: than none. */
  readonly after: number | null;
  /** Their keys are not greater than this; null: than any. */
  readonly last: number | null;
};

/** The rows of a slice in any table, by the column that holds the key of a channel. */
export function inSlice({ after, last }: Slice, key: SQLWrapper): SQL | undefined {
  return and(
    after === null ? undefined : sql`${key} > ${after}`,
    last === null ? undefined : sql`${key} <= ${last}`,
  );
}

/** The channels of a slice. */
export function channelsOf(slice: Slice): SQL | undefined {
  return and(eq(channels.app, slice.app), inSlice(slice, channels.key));
}

/** How many channels are in a slice, where that is known without a look at them. */
export function sizeOf({ last }: Slice): number | null {
  // Keys only grow, and no channel is ever removed: a slice that has an end stays as it is.
  return last === null ? null : SLICE;
}

/**
 * Reads all channels of an app slice by slice, as many at once as the store is good for; others have their
 * turn between two. The parts are in the order of the keys. Each channel is in one slice, however old the
 * knowledge of their sizes is.
 */
export async function inSlices<Part>(
  store: Store,
  app: string,
  read: (slice: Slice) => Promise<Part>,
): Promise<Part[]> {
  const ends = await sliceEnds(store, app);
  const parts: Part[] = [];
  let next = 0;
  const readOn = async () => {
    while (next <= ends.length) {
      const index = next;
      next += 1;
      if (index > 0) await setImmediate();
      const [after = null, last = null] = [ends[index - 1], ends[index]];
      parts[index] = await read({ app, after, last });
    }
  };
  await Promise.all(Array.from({ length: 2 }, readOn));
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
