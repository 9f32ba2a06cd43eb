import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { alerts, channels, deliveries } from "@/lib/db/channel-schema";
import type { OpenedDatabase } from "@/lib/db/database";
import { Secret } from "@/lib/secret";
import { catchLog } from "@/lib/testing/desk-log";
import { testDatabases } from "@/lib/testing/test-databases";
import { deliverAlerts, listDeliveries } from "./deliver";

const SECRET = "a secret of the test";
const HOOK = "https://chat.example.com/hooks/must-not-show";
const MINUTE_MS = 60_000;
const START = Date.UTC(2026, 10, 24, 12);
const minutes = (count: number) => new Date(START + count * MINUTE_MS);

type Posted = { readonly id: string; readonly body: string };

describe.each(testDatabases)("deliveries on $name", ({ open }) => {
  let opened: OpenedDatabase;
  let posted: Posted[];
  let log: string[];
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    posted = [];
    log = catchLog();
    await opened.db.delete(channels);
    await opened.db.delete(deliveries);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  async function tell(count: number) {
    const [channel] = await opened.db
      .insert(channels)
      .values({
        ...{ app: "demo", channelId: `@TOA#_${count}`, searchText: "", nameKey: "" },
        ...{ firstSeenAt: minutes(0), seenAt: minutes(0) },
      })
      .returning({ channelKey: channels.key });
    if (channel === undefined) throw new Error("The channel was not returned.");
    const goneAt = minutes(0).toISOString();
    const rows = Array.from({ length: count }, (_, index) => ({
      ...{ ...channel, kind: "gone" as const, occasion: `${index}`, createdAt: minutes(0) },
      detail: { name: `Channel ${index}`, goneAt },
    }));
    await opened.db.insert(alerts).values(rows);
  }

  /** A webhook that answers with these statuses in turn, then with the last for ever. */
  function webhook(...statuses: (number | Error)[]): typeof fetch {
    return async (_, init) => {
      const headers = new Headers(init?.headers);
      posted.push({
        id: headers.get("x-channel-desk-delivery") ?? "",
        body: String(init?.body),
      });
      const status = (statuses.length > 1 ? statuses.shift() : statuses[0]) ?? 200;
      if (status instanceof Error) throw status;
      return new Response("an answer that nobody keeps", { status });
    };
  }
  const deliver = (
    time: number,
    fetch: typeof globalThis.fetch,
    { url = HOOK, signal = new AbortController().signal } = {},
  ) =>
    deliverAlerts(opened.db, { url: new Secret(url), secret: new Secret(SECRET) }, minutes(time), {
      appUrl: new URL("https://desk.example.com"),
      fetch,
      signal,
    });
  const logged = () => opened.db.select().from(deliveries).orderBy(deliveries.createdAt);
  const names = ({ body }: Posted) => body.match(/Channel \d+(?=>)/g)?.length ?? 0;

  test("hold twenty alerts, five in a run, each alert once", async () => {
    await tell(130);
    const taking = webhook(200);
    await deliver(0, taking);
    expect(posted).toHaveLength(5);
    await Promise.all([deliver(1, taking), deliver(1, taking)]);
    await deliver(2, taking);
    // In the text and in the blocks.
    const all = posted.map(({ body }) => JSON.parse(body).text.split("\n").length - 1);
    expect(all.toSorted((a, b) => b - a)).toEqual([20, 20, 20, 20, 20, 20, 10]);
    expect(posted.every((each) => names(each) > 0)).toBe(true);
    expect(new Set(posted.map(({ id }) => id)).size).toBe(7);
    for (const row of await logged()) {
      expect(row).toMatchObject({ attempts: 1, status: 200, problem: null, nextAttemptAt: null });
      expect(row.deliveredAt).not.toBeNull();
    }
  });

  test("that fail are repeated under the same id, later and later, and given up after a day", async () => {
    await tell(1);
    const failing = webhook(500);
    const attempts: number[] = [];
    for (let next: number | undefined = 0; next !== undefined; ) {
      if (next > 0) await deliver(next - 0.1, failing);
      expect(posted).toHaveLength(attempts.length);
      await deliver(next, failing);
      attempts.push(next);
      const due: Date | null | undefined = (await logged())[0]?.nextAttemptAt;
      next = due ? (due.getTime() - START) / MINUTE_MS : undefined;
    }
    await deliver(48 * 60, failing);
    expect(attempts).toEqual([0, 1, 6, 21, 81, 441, 801, 1161, 1440]);
    expect(new Set(posted.map(({ id }) => id)).size).toBe(1);
    expect(new Set(posted.map(({ body }) => body)).size).toBe(1);
    expect(await logged()).toMatchObject([
      {
        ...{ attempts: 9, status: 500, problem: "refused" },
        ...{ nextAttemptAt: null, deliveredAt: null },
      },
    ]);
    expect(log.filter((line) => line.includes("This was the last attempt."))).toHaveLength(1);
    expect(log).toHaveLength(9);
  });

  test("that fail once are told the next time, and no others before", async () => {
    await tell(25);
    const failing = webhook(503, 200);
    await deliver(0, failing);
    expect(posted).toHaveLength(1);
    await deliver(1, failing);
    expect(posted.map(({ id }) => id === posted[0]?.id)).toEqual([true, true, false]);
    expect(await logged()).toMatchObject([{ attempts: 2 }, { attempts: 1 }]);
  });

  test.each([
    [302, "refused", "The webhook answered 302."],
    [404, "refused", "The webhook answered 404."],
    [
      Object.assign(new TypeError(`fetch failed ${HOOK}`), {
        cause: Object.assign(new Error(HOOK), { code: "ECONNREFUSED" }),
      }),
      "unreachable ECONNREFUSED",
      "The webhook could not be reached (ECONNREFUSED).",
    ],
    [
      new DOMException("The operation was aborted due to timeout", "TimeoutError"),
      "timeout",
      "The webhook did not answer within 10 seconds.",
    ],
  ])("tell of %s without the address", async (answer, problem, sentence) => {
    await tell(1);
    await deliver(0, webhook(answer));
    expect(await logged()).toMatchObject([{ problem, deliveredAt: null }]);
    expect(log).toEqual([expect.stringContaining(sentence)]);
    expect(JSON.stringify([await logged(), log])).not.toContain("must-not-show");
  });

  test("wait ten seconds and follow nobody", async () => {
    await tell(1);
    const timeout = vi.spyOn(AbortSignal, "timeout");
    const asked: RequestInit[] = [];
    await deliver(0, async (_, init) => {
      asked.push(init ?? {});
      return new Response(null, { status: 200 });
    });
    expect(timeout).toHaveBeenCalledWith(10_000);
    expect(asked).toMatchObject([{ method: "POST", redirect: "manual" }]);
  });

  test("of one that crashed after it was sent go out again, as the same", async () => {
    await tell(1);
    const crash = new Error("The process ends here.");
    const stopping = new AbortController();
    const sent = webhook(200);
    const run = deliver(
      0,
      async (...given) => {
        await sent(...given);
        stopping.abort(crash);
        throw crash;
      },
      { signal: stopping.signal },
    );
    await expect(run).rejects.toBe(crash);
    await deliver(0.5, sent);
    expect(posted).toHaveLength(1);
    await deliver(1, sent);
    expect(posted).toHaveLength(2);
    expect(new Set(posted.map(({ id, body }) => id + body)).size).toBe(1);
    expect(await logged()).toMatchObject([{ attempts: 2, deliveredAt: minutes(1) }]);
  });

  test.each([
    ["600", minutes(10)],
    [minutes(30).toUTCString(), minutes(30)],
    ["1", minutes(1)],
    ["9999999", minutes(24 * 60)],
    ["soon", minutes(1)],
    ["-5", minutes(1)],
  ])("that are refused until %s are not sent again before", async (retryAfter, next) => {
    await tell(1);
    const headers = { "retry-after": retryAfter };
    await deliver(0, async () => new Response(null, { status: 429, headers }));
    expect((await logged())[0]).toMatchObject({ status: 429, nextAttemptAt: next });
  });

  test("come to a server as what the desk has signed", async () => {
    const received: { headers: IncomingHttpHeaders; body: string }[] = [];
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(200).end("ok");
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    await tell(1);
    await deliver(0, fetch, { url: `http://127.0.0.1:${port}/hook` });
    server.closeAllConnections();
    server.close();

    const [{ headers, body } = { headers: {}, body: "" }] = received;
    const [row] = await logged();
    expect(row).toMatchObject({ status: 200, deliveredAt: minutes(0) });
    expect(headers).toMatchObject({
      "content-type": "application/json",
      "x-channel-desk-delivery": row?.id,
    });
    const mac = createHmac("sha256", SECRET)
      .update(`${START / 1000}.${row?.id}.${body}`)
      .digest("hex");
    expect(headers["x-channel-desk-signature"]).toBe(`t=${START / 1000},v1=${mac}`);
    expect(JSON.parse(body)).toMatchObject({ text: expect.stringContaining("Channel 0") });
  });
});

describe.each(testDatabases)("the list of deliveries on $name", ({ open }) => {
  let opened: OpenedDatabase;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await opened.db.delete(channels);
    await opened.db.delete(deliveries);
  });

  async function channel(channelId: string, app = "demo"): Promise<number> {
    const [row] = await opened.db
      .insert(channels)
      .values({
        ...{ app, channelId, name: "As it is called now", searchText: "", nameKey: "" },
        ...{ firstSeenAt: minutes(0), seenAt: minutes(0) },
      })
      .returning({ key: channels.key });
    return row?.key ?? 0;
  }
  async function delivery(createdAt: Date): Promise<string> {
    const [row] = await opened.db
      .insert(deliveries)
      .values({ createdAt, attempts: 1, deliveredAt: createdAt, status: 200 })
      .returning({ id: deliveries.id });
    return row?.id ?? "";
  }
  const addAlert = (
    deliveryId: string | null,
    channelKey: number,
    kind: "silent" | "gone" | "moved",
    name: string | null,
  ) =>
    opened.db.insert(alerts).values({
      ...{ channelKey, kind, deliveryId, occasion: String(deliveryId), detail: { name, days: 1 } },
      createdAt: minutes(0),
    });
  const list = (limit = 10, withNames = true) => listDeliveries(opened.db, { limit, withNames });

  test("starts with the newest delivery, and has at most the limit", async () => {
    expect(await list()).toEqual([]);
    const ids = [
      await delivery(minutes(2)),
      await delivery(minutes(1)),
      await delivery(minutes(3)),
    ];
    const listed = await list(2);
    expect(listed.map(({ id }) => id)).toEqual([ids[2], ids[0]]);
    expect(listed[0]).toEqual({
      ...{ id: ids[2], createdAt: minutes(3), attempts: 1, deliveredAt: minutes(3), status: 200 },
      ...{ nextAttemptAt: null, problem: null, alerts: [] },
    });
  });

  test("lists the alerts of each delivery, in their order", async () => {
    const [one, two] = [await channel("@TOA#_1"), await channel("@TOA#_2", "other")];
    const [first, second] = [await delivery(minutes(1)), await delivery(minutes(2))];
    await addAlert(first, two, "moved", "Two");
    await addAlert(second, one, "gone", null);
    await addAlert(first, one, "silent", "One");
    await addAlert(null, one, "moved", "Not sent yet");
    const listed = (await list()).map((each) => each.alerts);
    expect(listed).toMatchObject([
      [{ kind: "gone", app: "demo", channelId: "@TOA#_1", name: null }],
      [
        { kind: "moved", app: "other", channelId: "@TOA#_2", name: "Two" },
        { kind: "silent", app: "demo", channelId: "@TOA#_1", name: "One" },
      ],
    ]);
    expect(listed.map((alerts) => alerts.length)).toEqual([1, 2]);
  });

  test("has no names unless they are asked for", async () => {
    await addAlert(await delivery(minutes(1)), await channel("@TOA#_1"), "gone", "One");
    expect((await list(10, false))[0]?.alerts).toMatchObject([
      { channelId: "@TOA#_1", name: null },
    ]);
  });

  test("leaves out channels that the desk no longer knows", async () => {
    await addAlert(await delivery(minutes(1)), await channel("@TOA#_1"), "gone", "One");
    await opened.db.delete(channels);
    expect(await list()).toMatchObject([{ alerts: [] }]);
  });
});
