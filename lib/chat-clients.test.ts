import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { createFetch } from "./chat";
import { Budget } from "./chat-api/budget";
import { ChatClient, type ChatClientOptions } from "./chat-api/client";
import { getSubscriptionPage } from "./chat-api/official-accounts";
import { CallTrace } from "./chat-api/trace";
import { FIELDS } from "./chat-api/types";

const KEY = { sdkAppId: 1400000001, adminId: "administrator", secretKey: "k".repeat(64) };
const ANSWER = JSON.stringify({
  ...{ ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" },
  ...{ TotalCount: 0, OfficialAccountInfoList: [], CompleteFlag: 1, Next: 0 },
});

type Answer = (response: ServerResponse, request: IncomingMessage) => unknown;

/** A host of the vendor that does what the test says, and counts its requests. */
async function startHost() {
  const host = {
    url: "",
    requests: 0,
    answer: ((response) => response.end(ANSWER)) as Answer,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const server = createServer((request, response) => {
    host.requests += 1;
    host.answer(response, request);
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  host.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return host;
}

const hang: Answer = () => undefined;
const unavailable: Answer = (response) => response.writeHead(503).end();
const reset: Answer = (response) => response.socket?.resetAndDestroy();
const healthy: Answer = (response) => response.end(ANSWER);

function client(origins: readonly string[], options: Partial<ChatClientOptions> = {}) {
  return new ChatClient({
    ...KEY,
    origins,
    budget: new Budget(100_000),
    fetch: createFetch(),
    firstPause: 1,
    attemptTimeout: 60_000,
    totalTimeout: 600_000,
    ...options,
  });
}

const OPTIONS = { priority: "interactive" } as const;
const REQUEST = { subscriberId: "107867", fields: ["name"], offset: 0, limit: 20 } as const;
const ask = (of: ChatClient) => getSubscriptionPage(of, REQUEST, OPTIONS);

/** Asks and returns how each attempt ended. */
async function attempts(of: ChatClient) {
  const trace = new CallTrace(FIELDS);
  await getSubscriptionPage(of, REQUEST, { ...OPTIONS, trace });
  return (trace.call?.attempts ?? []).map(({ origin, failure }) => [origin, failure?.kind ?? null]);
}

describe("a connection that was kept alive and is closed just then", () => {
  it("is replaced at once by a new one, and counts against no host", async () => {
    await using main = await startHost();
    await using backup = await startHost();
    const of = client([main.url, backup.url]);
    for (let round = 0; round < 3; round++) {
      const known = new Set<Socket>();
      main.answer = (response, request) => {
        known.add(request.socket);
        response.end(ANSWER);
      };
      await Promise.all(Array.from({ length: 10 }, () => ask(of)));
      main.answer = (response, request) => {
        if (known.has(request.socket)) request.socket.destroy();
        else response.end(ANSWER);
      };
      expect(await attempts(of)).toEqual([
        [main.url, "network"],
        [main.url, null],
      ]);
      await Promise.all(Array.from({ length: 9 }, () => ask(of)));
    }
    main.answer = healthy;
    expect(await attempts(of)).toEqual([[main.url, null]]);
    expect(backup.requests).toBe(0);
  });
});

describe("a main host", () => {
  it.each([
    ["hangs", hang],
    ["answers 503", unavailable],
    ["resets connections", reset],
  ])("that %s is left for the backup, and used again once it answers", async (_, fault) => {
    await using main = await startHost();
    await using backup = await startHost();
    const of = client([main.url, backup.url], { attemptTimeout: 2000, probePause: 0 });
    main.answer = fault;
    await ask(of);
    await ask(of);
    expect(await attempts(of)).toEqual([[backup.url, null]]);
    main.answer = healthy;
    // Each answer of the backup brings a probe of the main host, which nobody waits for.
    while ((await attempts(of))[0]?.[0] !== main.url);
    const before = backup.requests;
    await ask(of);
    expect(backup.requests).toBe(before);
  });

  it("that fails once is not left", async () => {
    await using main = await startHost();
    await using backup = await startHost();
    const of = client([main.url, backup.url]);
    for (let round = 0; round < 3; round++) {
      main.answer = unavailable;
      expect(await attempts(of)).toEqual([
        [main.url, "http"],
        [backup.url, null],
      ]);
      main.answer = healthy;
      expect(await attempts(of)).toEqual([[main.url, null]]);
    }
  });

  it("that fails many calls at once is left for the backup, and not left again for itself", async () => {
    await using main = await startHost();
    await using backup = await startHost();
    const of = client([main.url, backup.url]);
    main.answer = unavailable;
    await Promise.all(Array.from({ length: 25 }, () => ask(of)));
    const before = main.requests;
    await Promise.all(Array.from({ length: 25 }, () => ask(of)));
    expect(main.requests).toBe(before);
  });

  it("that refuses calls is not left: it answers", async () => {
    await using main = await startHost();
    await using backup = await startHost();
    const of = client([main.url, backup.url]);
    const refusal = { ActionStatus: "FAIL", ErrorCode: 131000, ErrorInfo: "off" };
    main.answer = (response) => response.end(JSON.stringify(refusal));
    for (let call = 0; call < 5; call++) await expect(ask(of)).rejects.toThrow("131000");
    expect([main.requests, backup.requests]).toEqual([5, 0]);
  });
});

describe("a backup", () => {
  it.each([
    ["hangs", hang],
    ["answers 503", unavailable],
  ])("that %s is left for the main host", async (_, fault) => {
    await using main = await startHost();
    await using backup = await startHost();
    const of = client([main.url, backup.url], { attemptTimeout: 2000 });
    main.answer = unavailable;
    await ask(of);
    await ask(of);
    expect(await attempts(of)).toEqual([[backup.url, null]]);
    backup.answer = fault;
    main.answer = healthy;
    await ask(of);
    expect(await attempts(of)).toEqual([[main.url, null]]);
  });
});
