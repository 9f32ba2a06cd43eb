import { type SQL, sql } from "drizzle-orm";
import { channels } from "@/lib/db/channel-schema";
import type { Store } from "@/lib/db/store";
import { changeOf } from "./changes";
import type { KnownChannel } from "./known-channel";

const COLUMNS = {
  key: channels.key,
  app: channels.app,
  channelId: channels.channelId,
  name: channels.name,
  ownerId: channels.ownerId,
  organization: channels.organization,
  introduction: channels.introduction,
  avatarUrl: channels.avatarUrl,
  createdAt: channels.createdAt,
  subscriberCount: channels.subscriberCount,
  countedAt: channels.countedAt,
  lastMessageAt: channels.lastMessageAt,
  lastMessageReadAt: channels.lastMessageReadAt,
  changeDay: channels.changeDay,
  changeWeek: channels.changeWeek,
  changeMonth: channels.changeMonth,
  firstSeenAt: channels.firstSeenAt,
  seenAt: channels.seenAt,
  goneAt: channels.goneAt,
  sampleUntil: channels.sampleUntil,
  refreshMinutes: channels.refreshMinutes,
  refreshProblem: channels.refreshProblem,
} as const;

/** The channels that a condition finds, with what the team and a person have made of them, in no order. */
export async function readKnownChannels(
  store: Store,
  condition: SQL | undefined,
  userId: string,
): Promise<KnownChannel[]> {
  const rows = await store.select(COLUMNS).from(channels).where(condition);
  const marks = await readMarks(
    store,
    rows.map(({ key }) => key),
    userId,
  );
  return rows.map((row) => ({
    ...row,
    changeDay: changeOf(row.subscriberCount, row.changeDay),
    changeWeek: changeOf(row.subscriberCount, row.changeWeek),
    changeMonth: changeOf(row.subscriberCount, row.changeMonth),
    ...(marks.get(row.key) ?? { tags: [], watchedByMe: false, watchedByTeam: false }),
  }));
}

type Marks = Pick<KnownChannel, "tags" | "watchedByMe" | "watchedByTeam">;

async function readMarks(
  store: Store,
  keys: readonly number[],
  userId: string,
): Promise<ReadonlyMap<number, Marks>> {
  if (keys.length === 0) return new Map();
  const { rows } = (await store.execute(sql`
    select key,
      coalesce((
        select json_agg(tag order by tag collate "C") from channel_tags where channel_key = key
      ), '[]') as tags,
      exists (select from watches where channel_key = key and account_id = ${userId}::uuid) as mine,
      exists (select from watches where channel_key = key and account_id is null) as ours
    from unnest(${sql.param([...keys])}::integer[]) as key`)) as unknown as { rows: MarksRow[] };
  return new Map(
    rows.map(({ key, tags, mine, ours }) => [
      key,
      { tags, watchedByMe: mine, watchedByTeam: ours },
    ]),
  );
}

type MarksRow = {
  readonly key: number;
  readonly tags: readonly string[];
  readonly mine: boolean;
  readonly ours: boolean;
};
