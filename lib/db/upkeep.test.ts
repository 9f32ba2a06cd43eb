import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { vacuumTables } from "@/lib/jobs/retention";
import { bothDatabases } from "@/lib/testing/test-databases";
import { channels } from "./channel-schema";
import type { Database, OpenedDatabase } from "./database";

const CHANNELS = 5000;

// Creating a database takes seconds, and longer on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let opened: OpenedDatabase;
let db: Database;
beforeAll(async () => {
  const embedded = bothDatabases.find(({ name }) => name === "the embedded database");
  if (!embedded) throw new Error("There is no embedded database to test with.");
  opened = await embedded.open();
  db = opened.db;
  await db.execute(sql`
    insert into channels (app, channel_id, search_text, name_key, first_seen_at, seen_at)
    select 'demo', n, '', '', now(), now() from generate_series(1, ${CHANNELS}::integer) as n`);
  await db.execute(sql`select pg_stat_force_next_flush()`);
});
afterAll(() => opened.close());

const run = () => vacuumTables(db, new AbortController().signal);

/** Changes an indexed column of a share of all rows, as a refresh does. */
async function change(share = 1) {
  await db
    .update(channels)
    .set({ refreshDueAt: sql`now() + ${channels.key} * interval '1 second'` })
    .where(sql`${channels.key} <= ${Math.ceil(share * CHANNELS)}`);
  // Otherwise the change is counted a second later.
  await db.execute(sql`select pg_stat_force_next_flush()`);
}

async function stats() {
  const { rows } = await db.execute<{ size: number; rows: number; vacuums: number }>(sql`
    select pg_total_relation_size(relid)::integer as size, reltuples::integer as rows,
      vacuum_count::integer as vacuums
    from pg_stat_user_tables join pg_class on pg_class.oid = relid
    where pg_class.relname = 'channels'`);
  const [row] = rows;
  if (!row) throw new Error("There is no table of channels.");
  return row;
}

test("tables that change again and again keep their size, and the planner knows their rows", async () => {
  await vacuumTables(db, AbortSignal.abort());
  expect(await stats()).toMatchObject({ rows: -1, vacuums: 0 });
  await run();
  expect(await stats()).toMatchObject({ rows: CHANNELS, vacuums: 1 });

  await change(0.05);
  await run();
  expect(await stats()).toMatchObject({ vacuums: 1 });

  await change();
  await run();
  await change();
  await run();
  const { size } = await stats();
  for (let round = 0; round < 5; round += 1) {
    await change();
    await run();
  }
  expect((await stats()).size).toBeLessThanOrEqual(size * 1.1);
  for (let round = 0; round < 5; round += 1) await change();
  expect((await stats()).size).toBeGreaterThan(size * 1.5);
});
