import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../chat-emulator/server";
import { Budget } from "./budget";
import { ChatClient, type ChatClientOptions } from "./client";
import { ChatApiError } from "./errors";
import { checkAccounts, getSubscriptionPage, listChannels } from "./official-accounts";
import { FIELDS, type Field } from "./types";

const KEY = { sdkAppId: 1400000001, adminId: "administrator", secretKey: "k".repeat(64) };
const OPTIONS = { priority: "interactive" } as const;

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ apps: [KEY] });
});
afterAll(() => emulator.close());

function client(options: Partial<ChatClientOptions> = {}): ChatClient {
  return new ChatClient({
    ...KEY,
    origins: [emulator.url],
    budget: new Budget(200),
    firstPause: 1,
    // Long enough for a machine that is busy.
    attemptTimeout: 60_000,
    totalTimeout: 120_000,
    ...options,
  });
}

type PageOptions = { fields?: readonly Field[]; client?: Partial<ChatClientOptions> };

const page = (subscriberId: string, { fields = ["name"], client: options }: PageOptions = {}) =>
  getSubscriptionPage(client(options), { subscriberId, fields, offset: 0, limit: 200 }, OPTIONS);

/** A server of one's own, for what the emulator does not do. */
async function serve(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const callsFor = (subscriberId: string) =>
  emulator.calls.filter((call) => JSON.stringify(call.body)?.includes(`"${subscriberId}"`));

/** The failure of a lookup, and how often the server was asked. */
async function failureOf(subscriberId: string, options: Partial<ChatClientOptions> = {}) {
  const before = callsFor(subscriberId).length;
  const error = await page(subscriberId, { client: options }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ChatApiError)) throw new Error(`no ChatApiError but ${error}`);
  return { error, calls: callsFor(subscriberId).length - before };
}

describe("a page of a subscriber's channels", () => {
  it("after page leads to each of 10,000 channels once", async () => {
    const chatClient = client();
    const ids: string[] = [];
    let pages = 0;
    for (let offset: number | null = 0; offset !== null; pages += 1) {
      const question = { subscriberId: "follows-10000", fields: ["name"] as const, limit: 200 };
      const answer = await getSubscriptionPage(chatClient, { ...question, offset }, OPTIONS);
      ids.push(...answer.subscriptions.map(({ channelId }) => channelId));
      offset = answer.nextOffset;
    }
    expect([pages, ids.length, new Set(ids).size]).toEqual([50, 10_000, 10_000]);
  });

  it("brings the documented sample with every field", async () => {
    const { subscriptions, total, nextOffset } = await page("107867", { fields: FIELDS });
    expect({ total, nextOffset, rows: subscriptions.length }).toEqual({
      total: 8,
      nextOffset: null,
      rows: 8,
    });
    expect(subscriptions[0]).toMatchObject({
      channelId: "@TOA#_test_mill_subscriber_OA",
      subscriberCount: 499800,
      subscribedAt: new Date("2023-11-22T12:15:51Z"),
    });
  });

  it("asks for exactly the fields, and for one of the other group that it keeps to itself", async () => {
    const { subscriptions } = await page("107867", { fields: ["name", "subscriberCount"] });
    expect(callsFor("107867").at(-1)?.body).toEqual({
      Subscriber_Account: "107867",
      Limit: 200,
      Offset: 0,
      ResponseFilter: {
        OfficialAccountBaseInfoFilter: ["Name", "SubscriberNum"],
        SelfInfoFilter: ["SubscribeTime"],
      },
    });
    for (const row of subscriptions) {
      expect(Object.keys(row).sort()).toEqual(["channelId", "name", "subscriberCount"]);
    }
  });

  it("asks for everything when no fields are named", async () => {
    const request = { subscriberId: "107867", offset: 0, limit: 200 };
    const { subscriptions } = await getSubscriptionPage(client(), request, OPTIONS);
    expect(callsFor("107867").at(-1)?.body).not.toHaveProperty("ResponseFilter");
    expect(subscriptions[0]).toHaveProperty("customString", "test_custom_string");
  });

  it.each([
    ["follows-0", 0, 0, null],
    ["follows-1", 1, 1, null],
    ["follows-199", 199, 199, null],
    ["follows-200", 200, 200, null],
    ["follows-201", 201, 200, 200],
    ["follows-10000", 10_000, 200, 200],
  ])(
    "of %s counts %i, holds %i and goes on at %s",
    async (subscriberId, total, rows, nextOffset) => {
      const answer = await page(subscriberId);
      expect([answer.total, answer.subscriptions.length, answer.nextOffset]).toEqual([
        total,
        rows,
        nextOffset,
      ]);
    },
  );

  it("takes numbers as text, nulls and fields nobody knows", async () => {
    const { subscriptions } = await page("fault-numeric-strings", { fields: FIELDS });
    const counts = subscriptions.map((row) => row.subscriberCount ?? 0);
    expect(Math.max(...counts)).toBeGreaterThan(2 ** 32);
  });

  it("makes a new random for each call", async () => {
    const seen = new Set<string | null>();
    const watching: Partial<ChatClientOptions> = {
      fetch: (url, init) => {
        seen.add(url.searchParams.get("random"));
        return fetch(url, init);
      },
    };
    const asking = client(watching);
    const request = { subscriberId: "107867", fields: FIELDS, offset: 0, limit: 1 };
    for (let call = 0; call < 5; call++) await getSubscriptionPage(asking, request, OPTIONS);
    expect(seen.size).toBe(5);
  });
});

describe("a fault ends in its own error, in bounded time", () => {
  it.each([
    // Three tries, and one at once on a new connection.
    ["fault-reset", "network", /reset|closed/, 4],
    ["fault-reset-midway", "network", /closed|reset/, 3],
    ["fault-502", "http", /502/, 3],
    ["fault-html", "malformed", /HTML page/, 1],
    ["fault-truncated", "malformed", /truncated/, 1],
    ["fault-big-body", "malformed", /larger than 4,194,304/, 1],
    ["fault-nonsense", "malformed", /TotalCount/, 1],
    ["fault-not-enabled", "rejected", /./, 1],
    ["fault-rate-limited", "rejected", /./, 3],
  ])("%s: %s", async (subscriberId, kind, info, calls) => {
    const failure = await failureOf(subscriberId);
    expect(failure.error.kind).toBe(kind);
    expect(failure.error.info).toMatch(info);
    expect(failure.calls).toBe(calls);
  });

  it("fault-hanging: timeout", async () => {
    const failure = await failureOf("fault-hanging", { attemptTimeout: 100, totalTimeout: 10_000 });
    expect(failure.error).toMatchObject({
      kind: "timeout",
      info: expect.stringMatching(/complete response/),
    });
    expect(failure.calls).toBe(3);
  });

  it("keeps the rows around odd values, names those, and counts rows without an id", async () => {
    const { subscriptions, unreadableRows, total } = await page("fault-odd-values", {
      fields: FIELDS,
    });
    expect({ total, unreadableRows, rows: subscriptions.length }).toEqual({
      total: 20,
      unreadableRows: 2,
      rows: 18,
    });
    expect(subscriptions.map(({ unreadable }) => unreadable?.join())).toEqual([
      ...Array(5).fill("subscriberCount"),
      ...["lastMessageAt", "lastMessageAt", "name", "ownerId"],
      ...["subscribedAt,subscriberCustomString", ...Array(8).fill(undefined)],
    ]);
    for (const row of subscriptions) {
      for (const field of row.unreadable ?? []) expect(row).not.toHaveProperty(field);
    }
  });

  it("does not name an odd value of a field that was not asked for", async () => {
    const { subscriptions } = await page("fault-odd-values", { fields: ["introduction"] });
    expect(subscriptions.filter(({ unreadable }) => unreadable)).toEqual([]);
  });

  it("a too large answer is asked for again with fewer rows", async () => {
    const { subscriptions, limit, nextOffset, total } = await page("fault-too-large");
    expect([subscriptions.length, limit, nextOffset, total]).toEqual([50, 50, 50, 450]);
    expect(
      callsFor("fault-too-large").map(({ body }) => (body as { Limit: number }).Limit),
    ).toEqual([200, 100, 50]);
  });

  it("one row that is too large by itself ends in the vendor's refusal", async () => {
    const { error, calls } = await failureOf("error-10018");
    expect([error.code, calls]).toEqual([10018, 9]);
  });

  it.each([
    ["a byte order mark", "\ufeff"],
    ["blanks", " \r\n"],
  ])("an answer that begins with %s is read", async (_, before) => {
    const list = { TotalCount: 0, OfficialAccountInfoList: [], CompleteFlag: 1, Next: 0 };
    const answer = { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "", ...list };
    await using server = await serve((_, response) =>
      response.end(before + JSON.stringify(answer)),
    );
    expect((await page("107867", { client: { origins: [server.url] } })).total).toBe(0);
  });

  it.each([
    [429, 3],
    [408, 3],
    [500, 3],
    [503, 3],
    [400, 1],
    [403, 1],
    [404, 1],
  ])("HTTP %i is tried %i times", async (status, times) => {
    let calls = 0;
    await using server = await serve((_, response) => {
      calls += 1;
      response.writeHead(status).end("no");
    });
    const { error } = await failureOf("107867", { origins: [server.url] });
    expect([error.kind, error.status, calls]).toEqual(["http", status, times]);
  });

  it.each(["1", new Date(Date.now() + 3_600_000).toUTCString()])(
    "waits as long as Retry-After %j says, and fails at once where that is too long",
    async (header) => {
      const times: number[] = [];
      await using server = await serve((_, response) => {
        times.push(performance.now());
        response.writeHead(times.length === 1 ? 429 : 404, { "retry-after": header }).end();
      });
      const { error } = await failureOf("107867", { origins: [server.url], totalTimeout: 60_000 });
      const [first = 0, second] = times;
      if (header === "1") {
        expect(error.status).toBe(404);
        expect((second ?? 0) - first).toBeGreaterThanOrEqual(999);
      } else {
        expect([error.status, times.length]).toEqual([429, 1]);
      }
    },
  );

  it("a refused connection, and then the backup", async () => {
    const server = await serve(() => undefined);
    await server[Symbol.asyncDispose]();
    const { error } = await failureOf("107867", { origins: [server.url] });
    expect(error).toMatchObject({ kind: "network", info: expect.stringMatching(/refused/) });
    const answer = await page("107867", { client: { origins: [server.url, emulator.url] } });
    expect(answer.total).toBe(8);
  });

  it("a redirect is not followed: it would carry the signature away", async () => {
    const paths: (string | undefined)[] = [];
    await using server = await serve((request, response) => {
      paths.push(request.url);
      response.writeHead(307, { location: "/elsewhere" }).end();
    });
    const { error } = await failureOf("107867", { origins: [server.url] });
    expect(error).toMatchObject({ kind: "http", status: 307 });
    expect(paths).toHaveLength(1);
  });

  it("slow is not a fault", async () => {
    emulator.set({ slowMs: 50 });
    expect((await page("fault-slow")).total).toBeGreaterThan(0);
  });

  it("a failure that passes is retried", async () => {
    const before = callsFor("fault-flaky").length;
    expect((await page("fault-flaky")).total).toBe(30);
    expect(callsFor("fault-flaky").length - before).toBe(2);
  });

  it("a caller that gives up is told its own reason, at once", async () => {
    const leaving = new AbortController();
    const request = { subscriberId: "fault-hanging", fields: FIELDS, offset: 0, limit: 1 };
    const patient = client({ attemptTimeout: 60_000, totalTimeout: 60_000 });
    const answer = getSubscriptionPage(patient, request, { ...OPTIONS, signal: leaving.signal });
    const reason = new Error("closed the tab");
    leaving.abort(reason);
    await expect(answer).rejects.toBe(reason);
  });
});

describe("a code of the vendor", () => {
  it.each([131000, 60021, 130002, 6017, 70009, 139999])("%i is not retried", async (code) => {
    const { error, calls } = await failureOf(`error-${code}`);
    expect([error.kind, error.code, calls]).toEqual(["rejected", code, 1]);
    expect(error.info).not.toBe("");
  });

  it.each([20005, 60007, 10004])("%i is retried twice", async (code) => {
    const { error, calls } = await failureOf(`error-${code}`);
    expect([error.code, calls]).toEqual([code, 3]);
  });

  it("70001 brings one new signature, and then an end", async () => {
    const { error, calls } = await failureOf("error-70001");
    expect([error.code, calls]).toEqual([70001, 2]);
  });
});

describe("the signature", () => {
  it("is made again once it is refused as expired", async () => {
    // The desk's clock stood two days behind when it signed, and was set right since.
    let now = Date.now() - 2 * 86_400_000;
    const behind = client({ now: () => now });
    const request = { subscriberId: "107867", fields: FIELDS, offset: 0, limit: 1 };
    await expect(getSubscriptionPage(behind, request, OPTIONS)).rejects.toMatchObject({
      code: 70001,
    });
    now = Date.now();
    expect((await getSubscriptionPage(behind, request, OPTIONS)).total).toBe(8);
  });

  it("of a wrong key stops after one call, and after too many everything stops for a minute", async () => {
    const other = await startEmulator({ apps: [KEY] });
    const wrong = client({ origins: [other.url], secretKey: "x".repeat(64) });
    const request = { subscriberId: "107867", fields: FIELDS, offset: 0, limit: 1 };
    const ask = () =>
      getSubscriptionPage(wrong, request, OPTIONS).catch((error: ChatApiError) => error.code);
    const codes: unknown[] = [];
    while (codes.at(-1) !== 70050 && codes.length < 50) codes.push(await ask());
    expect(codes[0]).toBe(70009);
    const calls = other.calls.length;
    expect(calls).toBe(codes.length);
    expect([await ask(), await ask()]).toEqual([70050, 70050]);
    expect(other.calls.length).toBe(calls);
    await other.close();
  });

  it("and the key are in no error, however it is printed", async () => {
    for (const subscriberId of ["fault-reset", "fault-hanging", "fault-html", "error-70009"]) {
      const timeouts = subscriberId === "fault-hanging" ? { attemptTimeout: 100 } : {};
      const { error } = await failureOf(subscriberId, timeouts);
      const printed = [error.stack, JSON.stringify(error), String(error.cause)].join();
      expect(printed).not.toMatch(/usersig=|127\.0\.0\.1|kkkk|eJ[\w*-]{20}/);
    }
  });
});

describe("a vendor that repeats the signature in its text", () => {
  it("does not bring it into an error", async () => {
    await using server = await serve(({ url = "" }, response) => {
      const userSig = new URLSearchParams(url).get("usersig");
      const answer = { ActionStatus: "FAIL", ErrorCode: 70003, ErrorInfo: `bad ${userSig}` };
      response.end(JSON.stringify(answer));
    });
    const { error } = await failureOf("107867", { origins: [server.url] });
    expect(error.info).toBe("bad [signature]");
  });
});

describe("a vendor that repeats the signature in its data", () => {
  it("does not bring it into a channel", async () => {
    await using server = await serve(({ url = "" }, response) => {
      const row = { Official_Account: "@TOA#_x", Name: new URLSearchParams(url).get("usersig") };
      const list = { TotalCount: 1, OfficialAccountInfoList: [row], CompleteFlag: 1, Next: 0 };
      response.end(JSON.stringify({ ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "", ...list }));
    });
    const { subscriptions } = await page("107867", { client: { origins: [server.url] } });
    expect(subscriptions).toEqual([{ channelId: "@TOA#_x", name: "[signature]" }]);
  });
});

describe("the other calls", () => {
  it("read channels by id, with an answer for each", async () => {
    const { subscriptions } = await page("follows-201");
    const ids = subscriptions.slice(0, 120).map((row) => row.channelId);
    const asked = [...ids, "@TOA#_no_such_channel", "malformed"];
    const before = emulator.calls.length;
    const answers = await listChannels(client(), asked, ["name", "createdAt"], OPTIONS);
    expect(emulator.calls.length - before).toBe(3);
    expect(answers.map((answer) => answer.channelId)).toEqual(asked);
    const codes = answers.map((answer) => ("error" in answer ? answer.error.code : 0));
    expect(codes).toEqual([...Array(120).fill(0), 130004, 130007]);
  });

  it("tell which users exist, 100 a call", async () => {
    const known = Array.from({ length: 120 }, (_, index) => `user-${index + 1}`);
    const before = emulator.calls.length;
    const found = await checkAccounts(client(), [...known, "nobody-1"], OPTIONS);
    expect(emulator.calls.length - before).toBe(2);
    expect([...found]).toEqual(known);
  });
});
