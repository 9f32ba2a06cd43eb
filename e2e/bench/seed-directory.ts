import { sql } from "drizzle-orm";
import type { Database } from "@/lib/db/database";
import { accounts } from "@/lib/db/schema";

/** The app whose channels are made. */
export const APP = "demo";
/** Who watches some of them. */
export const PERSON = "11111111-1111-4111-8111-111111111111";
export const CHANNELS = 100_000;

/** Channels whose snapshots are made by one statement. */
const SLICE = 2_000;
const DAYS = 60;
const MINUTES = 15;

/**
 * Fills an empty database with 100,000 channels, as they are after a while: some gone, some without a count,
 * a twentieth of them watched and every fifth tagged; and with so many snapshots of each, one a day.
 */
export async function seedDirectory(db: Database, snapshotsOfEach: number): Promise<void> {
  await db
    .insert(accounts)
    .values({ id: PERSON, email: "bench@demo.test", name: "A person", role: "product" });
  await db.transaction(async (transaction) => {
    await transaction.execute(sql`select setseed(0.5)`);
    await transaction.execute(sql`
    insert into channels (app, channel_id, name, owner_id, organization, introduction, avatar_url,
      created_at, search_text, name_key, subscriber_count, counted_at, last_message_at,
      last_message_read_at, snapshot_at, change_day, change_week, change_month, first_seen_at, seen_at,
      gone_at, refresh_minutes, refresh_due_at)
    select ${APP}, id, name, owner, organization, repeat('About it. ', 8), 'https://example.com/' || i,
      now() - a * interval '1500 days',
      concat_ws(E'\n', upper(name), upper(id), upper(owner), coalesce(upper(organization), '')),
      upper(name), subscribers, counted_at,
      case when b > 0.1 then now() - power(b, 3) * interval '200 days' end,
      case when c > 0.05 then now() end, counted_at,
      (subscribers * (a - 0.5) * 0.02)::bigint, (subscribers * (b - 0.5) * 0.1)::bigint,
      (subscribers * (c - 0.5) * 0.2)::bigint, now() - c * interval '60 days', now(),
      case when d < 0.01 then now() - a * interval '30 days' end,
      case when d > 0.95 then 60 end, case when d > 0.95 then now() + a * interval '1 hour' end
    from (
      select i, '@TOA#_channel_' || i as id,
        (array['Morning', 'Evening', 'Global', 'Local', '아침', '晚间', 'Weekly', 'Live'])[1 + i % 8]
          || ' ' || (array['news', 'sports', 'music', 'games', '음악', '市场'])[1 + i % 6] || ' ' || i as name,
        'owner_' || i % 25000 as owner,
        case when i % 10 > 0 then 'Organization ' || i % 2000 end as organization,
        case when random() > 0.02 then exp(random() * 14)::bigint end as subscribers,
        now() - random() * interval '2 days' as counted_at,
        random() as a, random() as b, random() as c, random() as d
      from generate_series(1, ${CHANNELS}::integer) as i
    ) as made`);
  });
  await db.execute(sql`analyze`);
  await db.execute(sql`
    insert into watches (channel_key, account_id, created_at)
    select key, case when key % 2 = 0 then ${PERSON}::uuid end, now()
    from channels where refresh_minutes is not null`);
  await db.execute(
    sql`insert into tags (name) select 'tag ' || i from generate_series(0, 19) as i`,
  );
  await db.execute(sql`
    insert into channel_tags select key, 'tag ' || key % 20 from channels where key % 5 = 0`);
  for (let after = 0; after < CHANNELS; after += SLICE) {
    await db.execute(sql`
      insert into snapshots (channel_key, at, grain, until, subscriber_count)
      select key, counted_at - day * interval '1 day', case when day < 30 then 'reading' else 'hour' end,
        case when day > 0 then counted_at - (day - 1) * interval '1 day' - interval '1 hour' end,
        subscriber_count + day
      from channels, generate_series(${snapshotsOfEach - 1}::integer, 0, -1) as day
      where key > ${after} and key <= ${after + SLICE}`);
  }
}

/** Makes one channel with a reading every 15 minutes for 60 days, and gives its key. */
export async function seedBusyChannel(db: Database): Promise<number> {
  const { rows } = (await db.execute(sql`
    insert into channels (app, channel_id, search_text, name_key, subscriber_count, counted_at,
      first_seen_at, seen_at)
    values (${APP}, '@TOA#_busy', '', '', 1, now(), now(), now()) returning key`)) as unknown as {
    rows: { key: number }[];
  };
  const key = rows[0]?.key;
  if (key === undefined) throw new Error("The channel was not made.");
  await db.execute(sql`
    insert into snapshots (channel_key, at, grain, until, subscriber_count)
    select ${key}::integer, at, 'reading', at + interval '14 minutes', i
    from generate_series(1, ${(DAYS * 24 * 60) / MINUTES}::integer) as i,
      lateral (select now() - i * ${MINUTES}::integer * interval '1 minute' as at) as placed`);
  return key;
}
