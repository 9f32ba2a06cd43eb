import { count, sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { testStores } from "@/lib/testing/stores";
import { channels } from "./channel-schema";
import type { OpenedStore, Store } from "./store";
import { keepHealthy } from "./upkeep";

const CHANNELS = 5000;

let opened: OpenedStore;
let store: Store;
beforeEach(async () => {
  const embedded = testStores.find(({ name }) => name === "PGlite");
  if (!embedded) throw new Error("There is an embedded store.");
  opened = await embedded.open();
  store = opened.store;
  await store.execute(sql`
    insert into channels (app, channel_id, search_text, name_key, first_seen_at, seen_at)
    select 'demo', n, '', '', now(), now() from generate_series(1, ${CHANNELS}::integer) as n`);
});
afterEach(() => opened.close());

const keep = () => keepHealthy(store, new AbortController().signal);

/** As each refresh does, in a column with an index: a row that stays on its page frees its room itself. */
async function change(part = 1) {
  await store
    .update(channels)
    .set({ refreshDueAt: sql`now() + ${channels.key} * interval '1 second'` })
    .where(sql`${channels.key} <= ${Math.ceil(part * CHANNELS)}`);
  // What was changed is else counted a second later.
  await store.execute(sql`select pg_stat_force_next_flush()`);
}

type Kept = { readonly size: number; readonly rows: number; readonly vacuums: number };

async function kept(): Promise<Kept> {
  const { rows } = (await store.execute(sql`
    select pg_total_relation_size(relid)::integer as size, reltuples::integer as rows,
      vacuum_count::integer as vacuums
    from pg_stat_user_tables join pg_class on pg_class.oid = relid
    where pg_class.relname = 'channels'`)) as unknown as { rows: Kept[] };
  const [row] = rows;
  if (!row) throw new Error("There is a table of channels.");
  return row;
}

test("rows that change again and again take no more room", async () => {
  await change();
  await keep();
  await change();
  await keep();
  const { size } = await kept();
  for (let round = 0; round < 5; round += 1) {
    await change();
    await keep();
  }
  expect((await kept()).size).toBeLessThanOrEqual(size * 1.1);
  for (let round = 0; round < 5; round += 1) await change();
  expect((await kept()).size).toBeGreaterThan(size * 1.5);
});

test("the planner knows how many rows there are, and what is in them", async () => {
  expect((await kept()).rows).toBe(-1);
  await keep();
  expect((await kept()).rows).toBe(CHANNELS);
  const { rows } = (await store.execute(sql`
    select n_distinct::integer as apps from pg_stats
    where tablename = 'channels' and attname = 'app'`)) as unknown as { rows: { apps: number }[] };
  expect(rows).toEqual([{ apps: 1 }]);
  // For its own work only.
  const { rows: settings } = (await store.execute(
    sql`show default_statistics_target`,
  )) as unknown as {
    rows: unknown[];
  };
  expect(settings).toEqual([{ default_statistics_target: "100" }]);
});

test("a table is left alone until enough of it has changed", async () => {
  await keep();
  const { vacuums } = await kept();
  await change(0.03);
  await keep();
  expect((await kept()).vacuums).toBe(vacuums);
  await change(0.04);
  await keep();
  expect((await kept()).vacuums).toBe(vacuums + 1);
});

test("nothing is begun any more when it is stopped", async () => {
  await keepHealthy(store, AbortSignal.abort());
  expect(await kept()).toMatchObject({ rows: -1, vacuums: 0 });
  expect(await store.select({ count: count() }).from(channels)).toEqual([{ count: CHANNELS }]);
});
