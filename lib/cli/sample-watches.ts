import { type SQL, sql } from "drizzle-orm";
import { getCredentials } from "@/lib/auth/accounts";
import { setTag, setTagPeriod } from "@/lib/channels/tags";
import { setWatched } from "@/lib/channels/watches";
import type { Database } from "@/lib/db/database";
import { SAMPLE_PEOPLE } from "./sample-people";

/** Refreshed less often than others. */
const SLOW_TAG = { name: "partner", minutes: 15 };

/** The tags of channels that the team watches, and which channels have them. */
const TAGGED: readonly (readonly [tag: string, channels: SQL])[] = [
  ["flagship", sql`gone_at is null order by subscriber_count desc limit 8`],
  [
    "campaign",
    sql`gone_at is null and subscriber_count > 1000
      order by abs(change_week) / (subscriber_count - change_week)::float desc nulls last limit 10`,
  ],
  ["campaign", sql`gone_at is not null order by seen_at desc limit 3`],
  [
    SLOW_TAG.name,
    sql`gone_at is null and seen_at - last_message_at between '7 days' and '14 days'
      order by key limit 5`,
  ],
  [SLOW_TAG.name, sql`gone_at is null order by key limit 8`],
];

const OWN = sql`gone_at is null order by key offset 7 limit 2`;

/** Adds tags and about thirty team watches to the channels of an app, and two watches of one person. */
export async function addSampleWatches(
  db: Database,
  app: string,
  settings: { readonly refreshMinutes: number; readonly now: Date },
): Promise<void> {
  const userId = await productPerson(db);
  const keysOf = async (channels: SQL) => {
    const { rows } = await db.execute<{ key: number }>(
      sql`select key from channels where app = ${app} and ${channels}`,
    );
    return rows.map(({ key }) => key);
  };
  for (const [name, channels] of TAGGED) {
    const channelKeys = await keysOf(channels);
    await setWatched(db, { channelKeys, userId, isTeam: true, watched: true }, settings);
    await setTag(db, { channelKeys, name, tagged: true }, settings);
  }
  const channelKeys = await keysOf(OWN);
  await setWatched(db, { channelKeys, userId, isTeam: false, watched: true }, settings);
  await setTagPeriod(db, SLOW_TAG.name, SLOW_TAG.minutes, settings);
}

async function productPerson(db: Database): Promise<string> {
  const email = SAMPLE_PEOPLE.find(({ role }) => role === "product")?.email ?? "";
  const person = await getCredentials(db, email);
  if (person === null) throw new Error(`There is no ${email}.`);
  return person.user.id;
}
