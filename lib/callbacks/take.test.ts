import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { recordObservations } from "@/lib/channels/observations/record";
import { callbackReceipts, channels, snapshots } from "@/lib/db/channel-schema";
import type { Database, OpenedDatabase } from "@/lib/db/database";
import type { ChatApp } from "@/lib/env-services";
import { LineLimit } from "@/lib/log";
import { Secret } from "@/lib/secret";
import { catchLog } from "@/lib/testing/desk-log";
import { testDatabases } from "@/lib/testing/test-databases";
import { takeCallback } from "./callbacks";

const NOW = new Date("2026-11-24T12:00:00Z");
const CHANNEL = "@TOA#_news";
const TOKEN = "the token of the demo";
const SOMEBODY = "user-who-must-not-show";

const app = (slug: string, sdkAppId: number, token?: string): ChatApp => ({
  ...{ slug, name: slug, sdkAppId, adminId: "one", baseUrl: "http://127.0.0.1:1" },
  secretKey: new Secret("a key"),
  ...(token !== undefined && { callbackToken: new Secret(token) }),
});
const APPS = [
  app("demo", 1400000001, TOKEN),
  app("other", 1400000002, "the token of the other"),
  app("closed", 1400000003),
];

type Sent = {
  readonly slug?: string;
  readonly token?: string;
  readonly sdkAppId?: number;
  /** Seconds before now. */
  readonly age?: number;
  readonly command?: string;
  readonly body?: string;
  readonly packet?: object;
};

function request(sent: Sent): Request {
  const { token = TOKEN, sdkAppId = 1400000001, age = 0, command = "CallbackAfterSendMsg" } = sent;
  const time = String(NOW.getTime() / 1000 - age);
  const query = new URLSearchParams({
    SdkAppid: String(sdkAppId),
    CallbackCommand: `OfficialAccount.${command}`,
    contenttype: "json",
    Sign: createHash("sha256").update(`${token}${time}`).digest("hex"),
    RequestTime: time,
  });
  const packet = {
    CallbackCommand: `OfficialAccount.${command}`,
    Official_Account: CHANNEL,
    EventTime: NOW.getTime() - 1000,
    ...sent.packet,
  };
  const { slug = "demo", body = JSON.stringify(packet) } = sent;
  return new Request(`http://desk.test/api/webhooks/${slug}?${query}`, { method: "POST", body });
}

let lines: string[];
beforeEach(() => {
  lines = catchLog();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const take = (sent: Sent, database: () => Promise<Database>, limit = new LineLimit()) =>
  takeCallback(request(sent), sent.slug ?? "demo", {
    ...{ apps: APPS, database, now: NOW, limit },
    from: { address: "192.0.2.1", requestId: "the request" },
  });
const noDatabase = () => Promise.reject(new Error("Nobody asks the database."));

const two = [{ Subscriber_Account: SOMEBODY }, { Subscriber_Account: `${SOMEBODY}-2` }];

async function expectTaken(answer: Response) {
  expect([answer.status, await answer.text()]).toEqual([
    200,
    '{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}',
  ]);
}

describe.each(testDatabases)("a callback on $name", ({ open }) => {
  let opened: OpenedDatabase;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    // However slow the database is here, an answer waits for it.
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    await opened.db.delete(channels);
    await opened.db.delete(callbackReceipts);
    await recordObservations(opened.db, "demo", [
      {
        channel: { channelId: CHANNEL, name: "News", subscriberCount: 10 },
        seenAt: new Date(NOW.getTime() - 60_000),
      },
    ]);
  });
  const real = async () => opened.db;
  const stored = async () => (await opened.db.select().from(channels))[0];

  test.each([
    ["CallbackAfterAddSubscriber", { SubscribeAccountList: two }, { subscriberCount: 12 }],
    ["CallbackAfterDeleteSubscriber", { SubscribeAccountList: two }, { subscriberCount: 8 }],
    [
      "CallbackAfterOfficialAccountInfoChanged",
      { Name: "Newer", FaceUrl: "" },
      { name: "Newer", avatarUrl: null },
    ],
    ["CallbackAfterCreateOfficialAccount", { Owner_Account: "owner" }, { ownerId: "owner" }],
    ["CallbackAfterOfficialAccountDestroyed", {}, { goneAt: new Date(NOW.getTime() - 1000) }],
    [
      "CallbackAfterSendMsg",
      { MsgTime: NOW.getTime() / 1000 - 2 },
      { lastMessageAt: new Date(NOW.getTime() - 2000) },
    ],
    ["CallbackAfterOfficialAccountFull", {}, { subscriberCount: 10 }],
    ["CallbackBeforeAddSubscriber", { SubscribeAccountList: two }, { subscriberCount: 10 }],
  ])("%s counts once, however often it comes, and keeps nobody", async (command, packet, facts) => {
    for (let time = 0; time < 2; time++) {
      await expectTaken(await take({ command, packet, age: time }, real));
      expect(await stored()).toMatchObject({ name: "News", ...facts });
    }
    const tables = [channels, snapshots, callbackReceipts].map((table) =>
      opened.db.select().from(table),
    );
    const kept = JSON.stringify([await Promise.all(tables), lines]);
    expect(kept).not.toContain(SOMEBODY);
  });

  test("counts in a crowd as it does alone", async () => {
    const crowd = Array.from({ length: 40 }, (_, index) =>
      take(
        {
          command: "CallbackAfterAddSubscriber",
          packet: { EventTime: NOW.getTime() - 50_000 + index, SubscribeAccountList: two },
        },
        real,
      ),
    );
    await Promise.all(crowd);
    expect(await stored()).toMatchObject({ subscriberCount: 90 });
  });

  test("that is refused changes nothing", async () => {
    const before = await stored();
    const packet = { SubscribeAccountList: two };
    const command = "CallbackAfterAddSubscriber";
    for (const refused of [{ token: "wrong" }, { age: 301 }, { sdkAppId: 1400000002 }]) {
      expect((await take({ command, packet, ...refused }, real)).status).toBe(403);
    }
    expect(await stored()).toEqual(before);
    expect(await opened.db.select().from(callbackReceipts)).toEqual([]);
  });
});

test.each([
  ["forged", { token: "somebody else's token" }],
  ["signed with the token of another app", { token: "the token of the other" }],
  ["of another app", { sdkAppId: 1400000002 }],
  ["stale", { age: 301 }],
  ["of the future", { age: -301 }],
  ["for an app without a token", { slug: "closed", sdkAppId: 1400000003 }],
  ["for such an app, signed with none", { slug: "closed", sdkAppId: 1400000003, token: "" }],
  ["for no app", { slug: "nobody" }],
  ["for no app, signed with none", { slug: "nobody", token: "", sdkAppId: 0 }],
  ["no JSON", { body: `{"${SOMEBODY}` }],
  ["deep JSON", { body: "[".repeat(30_000) + "]".repeat(30_000) }],
  ["of an unknown command", { command: "CallbackAfterAll" }],
  ["of a channel without an id", { packet: { Official_Account: "" } }],
  [
    "of too many subscribers",
    {
      command: "CallbackAfterAddSubscriber",
      packet: { SubscribeAccountList: Array.from({ length: 1001 }, () => two[0]) },
    },
  ],
])("what is %s hears what all others hear, without the database", async (_, sent: Sent) => {
  const answer = await take(sent, noDatabase);
  const seen = [answer.status, await answer.text(), [...answer.headers]];
  expect(seen).toEqual([403, "", [["cache-control", "no-store"]]]);
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ level: "warning", requestId: "the request" });
  expect(lines[0]).not.toContain(SOMEBODY);
});

test("what nests deep within its form is taken", async () => {
  const deep = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
  const body = `{"Official_Account":"${CHANNEL}","Deep":${deep}}`;
  await expectTaken(await take({ command: "CallbackBeforeSendMsg", body }, noDatabase));
});

test("one that breaks off is refused like the others", async () => {
  const { url } = request({});
  const body = new ReadableStream({
    pull: (stream) => stream.error(new Error(`aborted ${SOMEBODY}`)),
  });
  const answer = await takeCallback(
    new Request(url, { method: "POST", body, duplex: "half" } as RequestInit),
    "demo",
    {
      ...{ apps: APPS, database: noDatabase, now: NOW, limit: new LineLimit() },
      from: { address: "192.0.2.1", requestId: "the request" },
    },
  );
  expect([answer.status, await answer.text()]).toEqual([403, ""]);
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toContain(SOMEBODY);
});

test("the body of what is not signed is never read", async () => {
  const asked = request({ token: "wrong" });
  await takeCallback(asked, "demo", {
    ...{ apps: APPS, database: noDatabase, now: NOW, limit: new LineLimit() },
    from: { address: "192.0.2.1", requestId: "the request" },
  });
  expect(asked.bodyUsed).toBe(false);
});

test("a database that never answers delays the answer by a second, and a question by nothing", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  let finish = () => {};
  const never = () =>
    new Promise<never>((_, reject) => {
      finish = () => reject(new Error("the end"));
    });
  const answered = vi.fn();
  void take({}, never).then(answered);
  await vi.advanceTimersByTimeAsync(900);
  expect(answered).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(200);
  await expectTaken(answered.mock.calls[0]?.[0]);
  await expectTaken(await take({ command: "CallbackBeforeSendMsg" }, never));
  finish();
});

test("a flood of refusals is sixty lines a minute", async () => {
  const limit = new LineLimit();
  for (let time = 0; time < 100; time++) await take({ token: "wrong" }, noDatabase, limit);
  expect(lines).toHaveLength(60);
  expect(limit.admits("192.0.2.1", new Date(+NOW + 60_000))).toBe(true);
});
