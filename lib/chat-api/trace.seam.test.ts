import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Emulator, startEmulator } from "../chat-emulator/server";
import { secretForms } from "../testing/secret-forms";
import { Budget } from "./budget";
import { ChatClient, type ChatClientOptions } from "./client";
import { ChatApiError } from "./errors";
import { getSubscriptionPage } from "./official-accounts";
import { CallTrace } from "./trace";
import { FIELDS, type Field } from "./types";

const KEY = { sdkAppId: 1400000001, adminId: "canary-admin", secretKey: "canary-key".repeat(7) };
const PATH = "/v4/official_account_open_http_svc/get_subscribed_official_account_list";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ apps: [KEY] });
});
afterAll(() => emulator.close());

/** Every signature that left for a vendor in these tests. */
const userSigs = new Set<string>();

type Wanted = { fields?: readonly Field[]; client?: Partial<ChatClientOptions> };

/** Looks somebody up with a trace. The error is the call's own, or null. */
async function traced(subscriberId: string, { fields = ["name"], client }: Wanted = {}) {
  const watched = new ChatClient({
    ...KEY,
    origins: [emulator.url],
    budget: new Budget(200),
    firstPause: 1,
    // Long enough for a machine that is busy: only a server that never answers is waited for that long.
    attemptTimeout: subscriberId === "fault-hanging" ? 100 : 60_000,
    totalTimeout: 120_000,
    fetch: (url, init) => {
      userSigs.add(url.searchParams.get("usersig") ?? "");
      return fetch(url, init);
    },
    ...client,
  });
  const trace = new CallTrace(FIELDS);
  const request = { subscriberId, fields, offset: 0, limit: 200 };
  const error = await getSubscriptionPage(watched, request, {
    priority: "interactive",
    trace,
  }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error !== null && !(error instanceof ChatApiError)) throw error;
  const { call } = trace;
  if (!call) throw new Error("the trace is empty");
  return { call, error };
}

const outcomes = (call: Awaited<ReturnType<typeof traced>>["call"]) =>
  call.attempts.map(({ failure }) => failure && (failure.code ?? failure.status ?? failure.kind));

describe("a call that is watched", () => {
  it("tells where, what, when and how long, and what came back", async () => {
    const before = Date.now();
    const { call, error } = await traced("107867");
    expect(error).toBeNull();
    expect(call).toMatchObject({ origin: emulator.url, path: PATH });
    expect(JSON.parse(call.body)).toEqual(emulator.calls.at(-1)?.body);
    expect(call.attempts).toHaveLength(1);
    const [attempt] = call.attempts;
    expect(attempt).toMatchObject({ origin: emulator.url, failure: null });
    expect(attempt?.startedAt.getTime()).toBeGreaterThanOrEqual(before);
    expect(attempt?.duration).toBeGreaterThan(0);
    const answer = JSON.parse(call.answer ?? "");
    expect(answer).toMatchObject({ ActionStatus: "OK", ErrorCode: 0, TotalCount: 8, Next: 0 });
    expect(answer.OfficialAccountInfoList[0]).toEqual({
      Official_Account: "@TOA#_test_mill_subscriber_OA",
      Name: "test_mill_subscriber_OA",
      // The request has to name one field of this group, so this one was asked for.
      SelfInfo: { SubscribeTime: expect.any(Number) },
    });
    expect(call.curl).toContain(`${emulator.url}${PATH}?sdkappid=1400000001&identifier=$ADMIN_ID&`);
    expect(call.curl).toContain(call.body);
  });

  it.each([
    ["fault-flaky", [20005, null]],
    ["error-20005", [20005, 20005, 20005]],
    ["error-70001", [70001, 70001]],
    ["error-70009", [70009]],
    ["error-131000", [131000]],
    ["fault-502", [502, 502, 502]],
    ["fault-html", ["malformed"]],
    ["fault-reset", ["network", "network", "network", "network"]],
    ["fault-truncated", ["malformed"]],
  ])("of %s tells how each attempt ended", async (subscriberId, expected) => {
    const { call, error } = await traced(subscriberId);
    expect(outcomes(call)).toEqual(expected);
    expect(error === null).toBe(expected.at(-1) === null);
    const starts = call.attempts.map(({ startedAt }) => startedAt.getTime());
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
  });

  it("of a vendor that never answers tells of each time it was waited for", async () => {
    const { call } = await traced("fault-hanging");
    expect(new Set(outcomes(call))).toEqual(new Set(["timeout"]));
    expect(call.attempts.length).toBeGreaterThan(1);
    expect(call.attempts[0]?.duration).toBeGreaterThanOrEqual(99);
    expect(call.answer).toBeNull();
  });

  it("keeps the answer of a refusal, and none of an answer that is no JSON", async () => {
    const refused = await traced("error-131000");
    expect(JSON.parse(refused.call.answer ?? "")).toMatchObject({ ErrorCode: 131000 });
    expect((await traced("fault-html")).call.answer).toBeNull();
    expect((await traced("fault-502")).call.answer).toBeNull();
  });

  it("keeps an answer that the client cannot use", async () => {
    const { call, error } = await traced("fault-nonsense");
    expect(error).toMatchObject({ kind: "malformed" });
    expect(outcomes(call)).toEqual([null]);
    expect(JSON.parse(call.answer ?? "")).toMatchObject({ TotalCount: -1 });
  });

  it("says to which host each attempt went", async () => {
    const nobody = "http://127.0.0.1:9";
    const { call } = await traced("107867", { client: { origins: [nobody, emulator.url] } });
    expect(call.attempts.map(({ origin }) => origin)).toEqual([nobody, emulator.url]);
    expect(call.origin).toBe(emulator.url);
  });

  it("tells the waiting for the budget apart from the call", async () => {
    const budget = new Budget(1, () => performance.now() * 10);
    (await budget.acquire("interactive"))();
    const { call } = await traced("107867", { client: { budget } });
    expect(call.attempts[0]?.waited).toBeGreaterThan(50);
  });

  it("shows what would be sent even when nothing may be sent", async () => {
    const locked = await startEmulator({ apps: [{ ...KEY, secretKey: "another" }] });
    const budget = new Budget(200);
    const client: Partial<ChatClientOptions> = { origins: [locked.url], budget };
    const same = new ChatClient({ ...KEY, origins: [locked.url], budget });
    const request = { subscriberId: "107867", offset: 0, limit: 1 };
    const ask = (trace: CallTrace) =>
      getSubscriptionPage(same, request, { priority: "interactive", trace }).catch(
        (error: ChatApiError) => error.code,
      );
    let code: unknown;
    while (code !== 70050) code = await ask(new CallTrace(FIELDS));
    const trace = new CallTrace(FIELDS);
    expect(await ask(trace)).toBe(70050);
    expect(trace.call).toMatchObject({
      ...{ origin: client.origins?.[0] },
      attempts: [],
      answer: null,
    });
    await locked.close();
  });
});

describe("what the vendor sends unasked", () => {
  it("is hidden in the answer", async () => {
    const rows = [{ Official_Account: "@TOA#_x", Name: "x", CustomString: "secret", Verified: 1 }];
    const list = { TotalCount: 1, OfficialAccountInfoList: rows, CompleteFlag: 1, Next: 0 };
    const answer = { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "", ...list };
    await using server = await serve(() => answer);
    const { call, error } = await traced("107867", { client: { origins: [server.url] } });
    expect(error).toBeNull();
    expect(JSON.parse(call.answer ?? "").OfficialAccountInfoList).toEqual([
      {
        Official_Account: "@TOA#_x",
        Name: "x",
        CustomString: "[not requested]",
        Verified: "[not requested]",
      },
    ]);
  });
});

/** A server of one's own, that answers JSON, or a text as it is. */
async function serve(answer: (request: IncomingMessage) => object | string) {
  const server = createServer((request, response) => {
    const value = answer(request);
    response.end(typeof value === "string" ? value : JSON.stringify(value));
  });
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

const FAIL = { ActionStatus: "FAIL", ErrorCode: 70003 };
const OK = { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "", CompleteFlag: 1, Next: 0 };
const base64 = (text: string) => Buffer.from(text).toString("base64");

/** Ways in which a proxy may give back the address and the heads of the request. */
const ECHOES: Readonly<Record<string, (request: IncomingMessage) => object | string>> = {
  "in its words": ({ url }) => ({ ...FAIL, ErrorInfo: `cannot ${url}` }),
  "encoded in its words": ({ url = "" }) => ({ ...FAIL, ErrorInfo: encodeURIComponent(url) }),
  "as base64 in its words": ({ url = "" }) => ({ ...FAIL, ErrorInfo: base64(`a${url}`) }),
  "in every field of a row": ({ url }) => ({
    ...OK,
    TotalCount: 1,
    OfficialAccountInfoList: [{ Official_Account: url, Name: url, SelfInfo: { SubscribeTime: 1 } }],
  }),
  "as parameters": ({ url = "" }) => ({
    ...FAIL,
    ErrorInfo: JSON.stringify(Object.fromEntries(new URL(url, "http://x").searchParams)),
    ...Object.fromEntries(new URL(url, "http://x").searchParams),
  }),
  "as names": ({ url = "", headers }) => ({
    ...FAIL,
    ErrorInfo: "",
    [url]: headers,
    [base64(url)]: [url],
    [new URL(url, "http://x").searchParams.get("usersig") ?? ""]: 1,
    [new URL(url, "http://x").searchParams.get("identifier") ?? ""]: 1,
    ...headers,
  }),
  "on a page": ({ url }) => `<!doctype html><a href="${url}">again</a>`,
  "as a text": ({ url }) => JSON.stringify(url),
  "without an envelope": ({ url }) => [url, { url }],
};

describe("nothing secret is in a trace or its error", () => {
  async function expectNoSecret(subscriberId: string, wanted: Wanted = {}) {
    const { call, error } = await traced(subscriberId, { fields: FIELDS, ...wanted });
    const text = [JSON.stringify(call), call.answer, call.curl, error?.stack].join("\n");
    expect(text).toContain(PATH);
    expect(userSigs.size).toBeGreaterThan(0);
    for (const secret of [KEY.secretKey, KEY.adminId, ...userSigs]) {
      for (const form of secretForms(secret)) {
        expect(text.includes(form), `${form} in ${text.slice(0, 2000)}`).toBe(false);
        expect(`${text}${form}`.includes(form)).toBe(true);
      }
    }
    return { call, error };
  }

  it.each([
    "107867",
    "user-1",
    "error-70009",
    "error-70001",
    "error-60004",
    "fault-502",
    "fault-html",
    "fault-reset",
    "fault-hanging",
    "fault-hostile",
    "fault-numeric-strings",
  ])("of %s", async (subscriberId) => {
    await expectNoSecret(subscriberId);
  });

  it.each(Object.entries(ECHOES))("where a proxy repeats the address %s", async (_, echo) => {
    await using server = await serve(echo);
    await expectNoSecret("107867", { client: { origins: [server.url] } });
  });
});
