import { type SQL, sql } from "drizzle-orm";
import { channels } from "@/lib/db/channel-schema";
import type { Database } from "@/lib/db/database";
import { foldedText, wellFormed } from "@/lib/subscriptions/folded-text";
import {
  type ChannelName,
  editsAllowed,
  letterForm,
  nameForm,
  nearChannels,
} from "@/lib/subscriptions/near-names";

type NearQuery = {
  readonly app: string;
  readonly text: string;
  /** Whether the person may see names; otherwise only IDs are compared and returned. */
  readonly withNames: boolean;
};

/** Rows that the database returns for the exact comparison. */
const MAX_ROWS = 200;
const MAX_NEAR = 12;

/** Lists the known channels whose name or ID is near a text, exact ones first. */
export async function listNearChannels(db: Database, query: NearQuery): Promise<ChannelName[]> {
  const text = wellFormed(query.text.trim());
  const letters = letterForm(text);
  if (letters === "" || /\0/.test(text)) return [];
  const close = await listWith(db, query, [
    // All letters in their order, whatever stands between them.
    `%${[...letters].map(escaped).join("%")}%`,
  ]);
  const found = nearest(text, close);
  if (found.length >= MAX_NEAR) return found;
  const pieces = piecesOf(letters);
  if (pieces.length < 2) return found;
  return nearest(text, [...close, ...(await listWith(db, query, pieces))]);
}

function nearest(text: string, candidates: readonly ChannelName[]): ChannelName[] {
  const form = nameForm(text);
  const same = candidates.filter(
    ({ channelId, name }) => channelId === text || (name && nameForm(name) === form),
  );
  const near = nearChannels(text, candidates, MAX_NEAR);
  return [...new Map([...same, ...near].map((each) => [each.channelId, each])).values()];
}

/** A text with k edits still has one of its k + 1 pieces unchanged. */
function piecesOf(letters: string): string[] {
  const characters = [...letters];
  const count = editsAllowed(characters.length) + 1;
  const length = Math.ceil(characters.length / count);
  return Array.from({ length: count }, (_, index) => {
    const piece = characters.slice(index * length, (index + 1) * length);
    return `%${piece.map(escaped).join("")}%`;
  });
}

function escaped(character: string): string {
  return character.replace(/[\\%_]/g, "\\$&");
}

async function listWith(
  db: Database,
  { app, text, withNames }: NearQuery,
  patterns: readonly string[],
): Promise<ChannelName[]> {
  const { channelId, name, nameKey } = channels;
  const like = (value: SQL) =>
    sql`${value} collate "C" like any(${sql.param([...patterns])}::text[])`;
  const isNear = withNames
    ? sql`(${like(sql`${nameKey}`)} or ${like(sql`upper(${channelId})`)})`
    : like(sql`upper(${channelId})`);
  const length = [...letterForm(text)].length;
  return db
    .select({ channelId, name: withNames ? name : sql<null>`null` })
    .from(channels)
    .where(sql`${channels.app} = ${app} and ${isNear}`)
    .orderBy(
      sql`strpos(${nameKey}, ${foldedText(text.trim())}) = 0`,
      // Names of about this length have the fewest other letters.
      sql`abs(char_length(${nameKey}) - ${length}::integer)`,
      channelId,
    )
    .limit(MAX_ROWS);
}
