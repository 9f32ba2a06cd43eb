import { and, desc, eq, isNotNull, sql } from "drizzle-orm";
import { recordObservations } from "@/lib/channels/observations/record";
import { setWatched } from "@/lib/channels/watches";
import { Budget } from "@/lib/chat-api/budget";
import { ChatClient } from "@/lib/chat-api/client";
import { getSubscriptionPage } from "@/lib/chat-api/official-accounts";
import type { Call } from "@/lib/chat-emulator/api";
import { channels } from "@/lib/db/channel-schema";
import type { Database } from "@/lib/db/database";
import { openDatabase } from "@/lib/db/open-database";
import { accounts } from "@/lib/db/schema";
import { jobRuns } from "@/lib/jobs/status";
import { Secret } from "@/lib/secret";
import type { ChatApp } from "./desk";
import { expect, test } from "./fixtures";
import { Gateway } from "./gateway";
import { copySeeded, dropCopy } from "./seeded-database";
import { runRefreshNow } from "./stored";

// It needs no browser: the desks do it by themselves.
test.use({ role: null });

const TERMS = { refreshMinutes: 1 };
const LONGEST = { timeout: 45_000 };

/** Lets the team watch three channels; gives their ids. */
async function watchThree(db: Database, { slug, ...key }: ChatApp, vendor: string) {
  const client = new ChatClient({ ...key, origins: [vendor], budget: new Budget(100) });
  const question = { subscriberId: "107867", fields: ["name"] as const, offset: 0, limit: 3 };
  const page = await getSubscriptionPage(client, question, { priority: "interactive" });
  const now = new Date();
  const ids = page.subscriptions.map(({ channelId }) => channelId);
  const seen = ids.map((channelId) => ({ channel: { channelId }, seenAt: now }));
  await recordObservations(db, slug, seen);
  const rows = await db.select({ key: channels.key }).from(channels);
  const [person] = await db.select({ id: accounts.id }).from(accounts);
  const watched = {
    channelKeys: rows.map((row) => row.key),
    userId: person?.id ?? "",
    isTeam: true,
    watched: true,
  };
  const changed = await setWatched(db, watched, { ...TERMS, now });
  expect(changed.ok && changed.value).toHaveLength(3);
  return ids;
}

test("of two instances one refreshes each watched channel, and another when it is killed", async ({
  apps,
  emulator,
  openDesk,
}) => {
  test.slow();
  const url = await copySeeded();
  const { db, close } = await openDatabase({ kind: "postgres", url: new Secret(url) });
  const [app] = apps;
  if (!app) throw new Error("There is an app.");
  const ids = await watchThree(db, app, emulator.url);
  const gateways = [new Gateway(emulator.url), new Gateway(emulator.url)];
  await Promise.all(gateways.map((gateway) => gateway.listen()));

  /** How often each watched channel was asked for. */
  const reads = async () => {
    const log = await fetch(`${emulator.url}/emulator/calls`);
    const calls: Call[] = await log.json();
    const asked = calls
      .filter(({ command }) => command.endsWith("get_official_account_info"))
      .flatMap(({ body }) => (body as Asked).OfficialAccountIdList)
      .map(({ Official_Account }) => Official_Account);
    return ids.map((id) => asked.filter((each) => each === id).length);
  };
  /** The last run of the job, whether it has ended or not. */
  const lastRun = async () => {
    const [run] = await db
      .select({
        state: jobRuns.state,
        startedOn: jobRuns.startedOn,
        limitSeconds: sql<number>`extract(epoch from expire_in)::integer`,
      })
      .from(jobRuns)
      .where(and(eq(jobRuns.name, "refresh"), isNotNull(jobRuns.startedOn)))
      .orderBy(desc(jobRuns.startedOn))
      .limit(1);
    return run;
  };
  const beDue = () => db.update(channels).set({ refreshDueAt: new Date() });
  /** Until one of the instances has done it once more, although nothing is due. */
  const lookedAgain = async () => {
    const now = Date.now();
    const hasRun = async () => {
      await runRefreshNow(db);
      return ((await lastRun())?.startedOn?.getTime() ?? 0) > now;
    };
    await expect.poll(hasRun, LONGEST).toBe(true);
  };

  const variables = { DATABASE_URL: url, REFRESH_MINUTES: "1" };
  const desks = await Promise.all(
    gateways.map((gateway) => openDesk(apps, gateway.url, variables)),
  );
  await expect.poll(reads, LONGEST).toEqual([1, 1, 1]);
  await lookedAgain();
  expect(await reads()).toEqual([1, 1, 1]);

  const holds = gateways.map((gateway) => gateway.hold(""));
  await beDue();
  let holder = -1;
  for (const [index, { arrived }] of holds.entries()) {
    void arrived.then(() => {
      holder = index;
    });
  }
  const asks = async () => {
    await runRefreshNow(db);
    return holder;
  };
  await expect.poll(asks, LONGEST).not.toBe(-1);
  await desks[holder]?.kill();
  gateways[1 - holder]?.reset();
  expect(await lastRun()).toMatchObject({ state: "active", limitSeconds: 120 });
  // The rest of the limit need not be waited for here.
  await db.execute(
    sql`update pgboss.job set started_on = started_on - expire_in where state = 'active'`,
  );
  await expect.poll(reads, LONGEST).toEqual([2, 2, 2]);

  for (const desk of desks) await desk.stop();
  await Promise.all(gateways.map((gateway) => gateway.close()));
  await close();
  await dropCopy(url);
});

type Asked = { readonly OfficialAccountIdList: readonly { readonly Official_Account: string }[] };
