import { rmSync } from "node:fs";
import { request as requests } from "@playwright/test";
import { verifyAudit } from "@/lib/audit/verify";
import { openDatabase } from "@/lib/db/open-database";
import { auditEvents } from "@/lib/db/schema";
import { callByHand } from "./access";
import type { Desk } from "./desk";
import { expect, test } from "./fixtures";
import { seedEmbedded } from "./seeded-database";
import { signIn } from "./sign-in";

// It needs no browser: what is asked is asked by hand.
test.use({ role: null });

const AT_ONCE = 8;
const DELIVERED = 100;

/**
 * Asks as fast as it can, lists and whole sets in turn, until the desk is killed in the middle of it.
 * Gives the ids of the requests whose rows have arrived.
 */
async function loadUntilKilled(desk: Desk): Promise<string[]> {
  const cookies = (await signIn(requests, desk.url, "product")).cookies;
  const heads = { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; ") };
  const delivered: string[] = [];
  let isOver = false;

  const ask = async (turn: number) => {
    const answer =
      turn % 3 === 0
        ? await fetch(`${desk.url}/lookup/stream?app=demo&subscriber=follows-201&fields=name`, {
            headers: heads,
          })
        : await callByHand(desk, { ...LOOKUP, input: { ...QUESTION, offset: turn % 7 } }, heads);
    const text = await firstRows(answer);
    // The server notices a moment later that a list was left, and until then it counts.
    if (answer.status === 429) return;
    if (text.includes("channelId")) delivered.push(answer.headers.get("x-request-id") ?? "none");
    else throw new Error(`${answer.status} ${text}`);
  };
  const client = async (first: number) => {
    for (let turn = first; !isOver; turn += AT_ONCE) {
      try {
        await ask(turn);
      } catch (error) {
        if (!isOver) throw error;
      }
      if (delivered.length >= DELIVERED && !isOver) {
        isOver = true;
        await desk.kill();
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, (_, first) => client(first)));
  return delivered;
}

const LOOKUP = { name: "lookup/actions.ts lookup", page: "/lookup" };
const QUESTION = { app: "demo", subscriberId: "107867", fields: ["name"], size: 1 };

/** What has arrived when the first row is there, whether or not the answer comes to its end. */
async function firstRows({ body }: Response): Promise<string> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const piece of body ?? []) {
    text += decoder.decode(piece, { stream: true });
    if (text.includes("channelId")) break;
  }
  return text;
}

async function expectWritten({ database }: Desk, delivered: readonly string[]) {
  const { db, close } = await openDatabase(database);
  const rows = await db.select({ requestId: auditEvents.requestId }).from(auditEvents);
  const written = new Set(rows.map(({ requestId }) => requestId));
  expect(new Set(delivered).size).toBe(delivered.length);
  expect(delivered.filter((id) => !written.has(id))).toEqual([]);
  expect(await verifyAudit(db)).toMatchObject({ ok: true });
  await close();
}

test("killed under load, an embedded database has a row for each answer that was delivered", async ({
  openDesk,
  apps,
  gateway,
}) => {
  test.slow();
  const directory = seedEmbedded();
  const desk = await openDesk(apps, gateway.url, { DATA_DIR: directory });
  await expectWritten(desk, await loadUntilKilled(desk));
  rmSync(directory, { recursive: true });
});
