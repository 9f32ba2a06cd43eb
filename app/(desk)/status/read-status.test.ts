import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { alerts, channels, deliveries, refreshRuns } from "@/lib/db/channel-schema";
import { deskEnvironment } from "@/lib/testing/desk-environment";
import { sessionUser } from "@/lib/testing/session-user";
import { openTestDatabase, testRequest } from "@/lib/testing/test-request";
import { readAppHealth, readStatus } from "./read-status";

vi.mock("next/headers", () => import("@/lib/testing/test-request"));
vi.mock("next-intl/server", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/auth/current-user", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/db/database", () => import("@/lib/testing/test-request"));

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  const policy = { FIELD_POLICY: JSON.stringify({ admin: { name: "never" } }) };
  for (const [name, value] of Object.entries({ ...deskEnvironment("http://a.test"), ...policy })) {
    vi.stubEnv(name, value);
  }
  opened = await openTestDatabase();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await opened.close();
});

it("says when each app was refreshed last and is refreshed next", async () => {
  const { db } = opened;
  const now = new Date("2026-03-10T12:00:00.000Z");
  const minutes = (count: number) => new Date(now.getTime() + count * 60_000);
  expect(await readAppHealth(db, now)).toEqual([]);
  const watched = (app: string, channelId: string, refreshDueAt: Date) => ({
    ...{ app, channelId, searchText: "", nameKey: "", firstSeenAt: now, seenAt: now },
    ...{ countedAt: now, refreshMinutes: 15, refreshDueAt },
  });
  await db
    .insert(channels)
    .values([
      watched("a", "1", minutes(9)),
      watched("a", "2", minutes(4)),
      watched("b", "1", minutes(-3)),
    ]);
  const run = (app: string, ago: number) => ({
    ...{ app, startedAt: minutes(-ago), finishedAt: minutes(1 - ago) },
    ...{ refreshed: 1, gone: 0, failed: 0 },
  });
  await db.insert(refreshRuns).values([run("a", 30), run("a", 10), run("a", 20), run("c", 5)]);
  expect(await readAppHealth(db, now)).toMatchObject([
    { app: "a", watched: 2, fresh: 2, lastRunAt: minutes(-9), nextDueAt: minutes(4) },
    { app: "b", watched: 1, fresh: 1, lastRunAt: null, nextDueAt: minutes(-3) },
  ]);
});

it("names no channel to a role that may not see names", async () => {
  const { db } = opened;
  const now = new Date();
  const [channel] = await db
    .insert(channels)
    .values({
      ...{ app: "a", channelId: "@TOA#_1", name: "Secret", searchText: "SECRET", nameKey: "" },
      ...{ firstSeenAt: now, seenAt: now },
    })
    .returning({ channelKey: channels.key });
  const [delivery] = await db
    .insert(deliveries)
    .values({ createdAt: now, attempts: 1, deliveredAt: now })
    .returning({ deliveryId: deliveries.id });
  if (!channel || !delivery) throw new Error("They were made.");
  await db.insert(alerts).values({
    ...{ ...channel, ...delivery, kind: "gone", occasion: "now", createdAt: now },
    detail: { name: "Secret", goneAt: now.toISOString() },
  });
  testRequest.user = sessionUser("admin");
  const status = await readStatus(null);
  if (!status.ok) throw new Error(status.failure.code);
  expect(status.value.deliveries).toMatchObject([{ alerts: [{ channelId: "@TOA#_1" }] }]);
  expect(JSON.stringify(status.value)).not.toContain("Secret");
});
