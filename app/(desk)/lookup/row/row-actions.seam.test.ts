import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Role } from "@/lib/auth/permissions";
import { callAction } from "@/lib/call-action";
import { flushObservations, startObservationQueue } from "@/lib/channels/observations/queue";
import { Budget } from "@/lib/chat-api/budget";
import { ChatClient } from "@/lib/chat-api/client";
import { getSubscriptionPage } from "@/lib/chat-api/official-accounts";
import { type Emulator, startEmulator } from "@/lib/chat-emulator/server";
import { channels } from "@/lib/db/channel-schema";
import { sessionUser } from "@/lib/testing/session-user";
import { openTestDatabase, testRequest } from "@/lib/testing/test-request";
import { type RowInput, readRow } from "./row-actions";

vi.mock("next/headers", () => import("@/lib/testing/test-request"));
vi.mock("next-intl/server", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/auth/current-user", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/db/database", () => import("@/lib/testing/test-request"));

const KEY = { sdkAppId: 1400000001, adminId: "administrator", secretKey: "k".repeat(64) };
const SAMPLE = "@TOA#_test_mill_subscriber_OA";
const INFO = "get_official_account_info";

let emulator: Emulator;
let opened: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  opened = await openTestDatabase();
  emulator = await startEmulator({ apps: [KEY] });
  const app = { slug: "demo", name: "Demo", ...KEY, baseUrl: emulator.url };
  vi.stubEnv("APP_URL", "http://127.0.0.1:3000");
  vi.stubEnv("AUTH_SECRET", "a secret of these tests, long enough");
  vi.stubEnv("CHAT_APPS", JSON.stringify([app]));
  vi.stubEnv("LOOKUPS_PER_MINUTE", "10000");
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await emulator.close();
  await opened.close();
});
beforeEach(() => {
  signIn("support");
});

function signIn(role: Role) {
  testRequest.user = sessionUser(role);
}

/** Reads a row, and the bodies of the calls that it took. */
async function read(wanted: Partial<RowInput>) {
  const before = emulator.calls.length;
  const input = { app: "demo", subscriberId: "107867", channelId: SAMPLE, offsetHint: null };
  const result = await callAction(readRow, { ...input, ...wanted });
  return { result, calls: emulator.calls.slice(before) };
}

async function row(wanted: Partial<RowInput>) {
  const { result, calls } = await read(wanted);
  if (!result.ok) throw new Error(result.failure.happened);
  return { ...result.value, calls };
}

/** The id of a channel at a place in somebody's list. */
async function channelAt(subscriberId: string, offset: number): Promise<string> {
  const client = new ChatClient({ ...KEY, origins: [emulator.url], budget: new Budget(200) });
  const request = { subscriberId, offset, limit: 1 };
  const page = await getSubscriptionPage(client, request, { priority: "interactive" });
  return page.subscriptions[0]?.channelId ?? "";
}

describe("a row", () => {
  it("that stands where it stood takes two calls, and has every field", async () => {
    const { channel, subscription, fields, calls } = await row({ offsetHint: 0 });
    expect(calls).toHaveLength(2);
    expect(calls.map(({ command }) => command)).toContain(INFO);
    expect(channel).toMatchObject({
      channelId: SAMPLE,
      ownerId: "107867",
      createdAt: null,
    });
    expect(subscription).toMatchObject({
      answer: "yes",
      subscription: { channelId: SAMPLE, subscribedAt: new Date("2023-11-22T12:15:51Z") },
    });
    expect(fields).toHaveLength(11);
  });

  it("holds nothing that the role may not see, and does not ask for it", async () => {
    signIn("product");
    const { subscription, calls } = await row({ offsetHint: 0 });
    expect(JSON.stringify(subscription)).not.toContain("subscriberCustomString");
    expect(JSON.stringify(calls)).toContain('"SelfInfoFilter":["SubscribeTime"]');
  });

  it("lets the desk know the channels that were read beside it", async () => {
    const stop = startObservationQueue(opened.db);
    await flushObservations();
    await opened.db.delete(channels);
    await row({ offsetHint: 0 });
    await stop();
    const known = await opened.db.select().from(channels);
    expect(known.map(({ channelId }) => channelId)).toContain(SAMPLE);
    expect(known).toHaveLength(8);
  });

  it("that stands elsewhere by now is found", async () => {
    const channelId = await channelAt("follows-201", 200);
    const found = await row({ subscriberId: "follows-201", channelId, offsetHint: 3 });
    expect(found.subscription).toMatchObject({ answer: "yes", subscription: { channelId } });
  });

  it("of a long list is searched for no longer than needed", async () => {
    const channelId = await channelAt("follows-10000", 0);
    const { subscription, calls } = await row({ subscriberId: "follows-10000", channelId });
    expect(subscription.answer).toBe("yes");
    expect(calls.length).toBeLessThan(30);
  });

  it.each([
    ["107867", "no", { read: 8 }],
    ["follows-0", "no", { read: 0 }],
    ["nobody", "no", { read: 0 }],
    ["fault-total-high", "unknown", { why: "changed", read: 450, total: 550 }],
    ["follows-10000", "unknown", { why: "paused", read: 200, total: 10_000 }],
    ["fault-never-complete", "unknown", { why: "endless", read: 250, total: 250 }],
  ])("that %s does not have: %s", async (subscriberId, answer, rest) => {
    const channelId = "@TOA#_hostile_1";
    const found = await row({ subscriberId, channelId, offsetHint: 2 });
    expect(found.subscription).toMatchObject({ answer, ...rest });
    expect(found.channel).toMatchObject({ channelId });
  });

  it.each(["@TOA#_no_such_channel", "no id at all"])("of no channel says so: %s", async (id) => {
    expect(await row({ channelId: id })).toMatchObject({
      channel: null,
      subscription: { answer: "no", read: 8 },
    });
  });

  it("that cannot be read is a failure in words", async () => {
    const { result } = await read({ subscriberId: "error-131000", offsetHint: 0 });
    expect(result).toMatchObject({ ok: false, failure: { vendor: { code: 131000 } } });
    expect((await read({ subscriberId: "error-131000" })).result).toEqual(result);
  });

  it.each([
    [
      "nobody",
      () => {
        testRequest.user = null;
      },
      {},
      "signedOut",
    ],
    ["another app", () => undefined, { app: "other" }, "unknownApp"],
    ["an empty id", () => undefined, { channelId: "" }, "invalid"],
    ["a place before the first", () => undefined, { offsetHint: -1 }, "invalid"],
    ["an id of a channel as the subscriber", () => undefined, { subscriberId: SAMPLE }, "invalid"],
  ])("is refused to %s, without a call", async (_, arrange, wanted, code) => {
    arrange();
    const { result, calls } = await read(wanted);
    expect(result).toMatchObject({ ok: false, failure: { code } });
    expect(calls).toEqual([]);
  });
});
