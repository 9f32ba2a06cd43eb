import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { addReveals } from "@/lib/auth/fields";
import { byteStream } from "@/lib/byte-stream";
import { ChatApiError } from "@/lib/chat-api/errors";
import { accounts, auditEvents, reveals, sessions } from "@/lib/db/schema";
import { failure, success } from "@/lib/result";
import { deskEnvironment } from "@/lib/testing/desk-environment";
import { catchLog } from "@/lib/testing/desk-log";
import { sessionUser } from "@/lib/testing/session-user";
import { openTestDatabase, testRequest } from "@/lib/testing/test-request";
import { guard, guardRoute } from "./guard";

vi.mock("next/headers", () => import("@/lib/testing/test-request"));
vi.mock("next-intl/server", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/auth/current-user", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/db/database", () => import("@/lib/testing/test-request"));

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  for (const [name, value] of Object.entries(deskEnvironment("http://desk.test"))) {
    vi.stubEnv(name, value);
  }
  vi.stubEnv("LOOKUPS_PER_MINUTE", "3");
  opened = await openTestDatabase();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await opened.close();
});

const run = vi.fn();
const input = z.strictObject({ id: z.string() });
const audit = {
  action: "people.disable",
  about: ({ id }: { id: string }) => ({ target: id }),
} as const;
const guarded = guard({ permission: "people", audit, input, run });

let requests = 0;
beforeEach(() => {
  run.mockReset();
  testRequest.db = opened.db;
  testRequest.user = sessionUser("admin");
  requests += 1;
  requested({});
});
afterEach(() => vi.restoreAllMocks());

/** A request of its own, with these headers too. */
function requested(heads: Record<string, string>) {
  testRequest.headers = new Headers({
    host: "desk.test",
    "x-request-id": `request-${requests}`,
    "x-forwarded-for": "192.0.2.1",
    ...heads,
  });
}

/** What the audit holds of this request. */
async function written() {
  const rows = await opened.db.select().from(auditEvents).orderBy(auditEvents.sequence);
  return rows.filter(({ requestId }) => requestId === `request-${requests}`);
}

const foreign: Record<string, string>[] = [
  { "next-action": "x", "sec-fetch-site": "cross-site" },
  { "next-action": "x", "sec-fetch-site": "same-site" },
  { "sec-fetch-site": "cross-site", "sec-fetch-mode": "cors" },
  { origin: "http://evil.test" },
  { origin: "https://desk.test" },
  { origin: "null" },
  ...["image", "style", "script", "iframe", "frame", "object", "embed", "video", "font", ""].map(
    (dest) => ({ "sec-fetch-site": "same-origin", "sec-fetch-dest": dest }),
  ),
  ...["none", "cross-site"].map((site) => ({
    ...{ "sec-fetch-site": site, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" },
    "sec-purpose": "prefetch;prerender",
  })),
];

const ours: Record<string, string>[] = [
  {},
  { "sec-fetch-site": "same-origin" },
  { "sec-fetch-site": "none" },
  { "sec-fetch-site": "same-origin", "sec-fetch-dest": "empty", origin: "http://desk.test" },
  { "sec-fetch-site": "same-origin", "sec-fetch-dest": "document" },
  { "sec-fetch-site": "same-origin", "sec-purpose": "prefetch" },
  { "x-desk-host": "other.test:81", origin: "http://other.test:81" },
];

describe("guard", () => {
  it("runs for a person who may, with what was parsed and who asks, and writes it down", async () => {
    run.mockImplementation(async (_, __, note) => {
      note({ rows: 2, fields: ["name"] });
      return success("done");
    });
    expect(await guarded({ id: "x" })).toEqual({ ok: true, value: "done" });
    expect(run).toHaveBeenCalledExactlyOnceWith(
      { id: "x" },
      testRequest.user,
      expect.any(Function),
    );
    expect(await written()).toMatchObject([
      {
        ...{ action: "people.disable", outcome: "done", code: null, target: "x", rows: 2 },
        ...{ fields: ["name"], actorEmail: "admin@desk.test", actorRole: "admin" },
        ...{ address: "192.0.2.1", durationMs: expect.any(Number) },
      },
    ]);
  });

  it.each([
    ["nobody", null, { id: "x" }, "signedOut"],
    ["a role without the permission", sessionUser("support"), { id: "x" }, "notAllowed"],
    ["another role without it", sessionUser("product"), { id: "x" }, "notAllowed"],
    ["nobody with garbage", null, undefined, "signedOut"],
    ["garbage", sessionUser("admin"), undefined, "invalid"],
    ["a field too many", sessionUser("admin"), { id: "x", role: "admin" }, "invalid"],
    ["a wrong type", sessionUser("admin"), { id: 1 }, "invalid"],
    [
      "who has yet to switch codes on",
      { ...sessionUser("admin"), mustSwitchCodesOn: true },
      { id: "x" },
      "mustSwitchCodesOn",
    ],
  ])("refuses %s, runs nothing, and writes it down", async (_, user, raw, code) => {
    testRequest.user = user;
    const refused = { code, requestId: `request-${requests}` };
    expect(await guarded(raw)).toMatchObject({ ok: false, failure: refused });
    expect(run).not.toHaveBeenCalled();
    expect(await written()).toMatchObject([
      { outcome: "refused", code, actorId: user?.id ?? null },
    ]);
  });

  it("takes an id without what no database stores", async () => {
    run.mockResolvedValue(success("done"));
    await guarded({ id: "a\0b\ud800" });
    expect(run).toHaveBeenCalledExactlyOnceWith(
      { id: "ab" },
      testRequest.user,
      expect.any(Function),
    );
    expect(await written()).toMatchObject([{ outcome: "done", target: "ab" }]);
  });

  it.each(ours)("runs for a request of the desk: %j", async (heads) => {
    requested(heads);
    run.mockResolvedValue(success("done"));
    expect(await guarded({ id: "x" })).toMatchObject({ ok: true });
  });

  it.each(foreign)("refuses a request of another site: %j", async (heads) => {
    catchLog();
    requested(heads);
    expect(await guarded({ id: "x" })).toMatchObject({ failure: { code: "wrongOrigin" } });
    expect(run).not.toHaveBeenCalled();
    expect(await written()).toMatchObject([{ outcome: "refused", actorId: null }]);
  });

  it("says which origin it expects and which it received, also to the log", async () => {
    const log = catchLog();
    requested({ origin: "http://desk.test:8443", "sec-fetch-site": "same-origin" });
    const { failure } = Object(await guarded({ id: "x" }));
    expect(failure.happened).toBe(
      "This page was opened at http://desk.test:8443, but the address of Channel Desk is http://desk.test.",
    );
    expect(failure.remedy).toContain("APP_URL");
    expect(JSON.parse(log.join(""))).toMatchObject({
      ...{ source: "guard", message: "wrong origin", requestId: `request-${requests}` },
      ...{ expected: "http://desk.test", received: "http://desk.test:8443" },
    });
  });

  it("says of a request that names no origin only that it is none of the desk", async () => {
    catchLog();
    requested({ "sec-fetch-site": "cross-site" });
    expect(await guarded({ id: "x" })).toMatchObject({
      failure: { happened: "This request did not come from a Channel Desk page." },
    });
  });

  it.each([
    ["nobody", null, { id: "x" }, {}, "signedOut"],
    ["a role without the permission", sessionUser("support"), { id: "x" }, {}, "notAllowed"],
    ["garbage", sessionUser("admin"), {}, {}, "invalid"],
  ])("tells the log of %s where the audit is told nothing", async (_, user, raw, heads, code) => {
    testRequest.user = user;
    requested(heads);
    const log = catchLog();
    await guard({ permission: "people", audit: null, input, run })(raw);
    expect(log.map((line) => JSON.parse(line))).toEqual([
      {
        ...{ time: expect.any(String), level: "warning", source: "guard", message: "refused" },
        ...{ requestId: `request-${requests}`, code },
        ...(user && { actorId: user.id }),
      },
    ]);
    expect(await written()).toEqual([]);
  });

  it("lets a page be opened from anywhere", async () => {
    const opened = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
    run.mockResolvedValue(success("done"));
    requested({ ...opened, "sec-fetch-dest": "document" });
    expect(await guarded({ id: "x" })).toMatchObject({ ok: true });
    catchLog();
    requested({ ...opened, "sec-fetch-dest": "iframe" });
    expect(await guarded({ id: "x" })).toMatchObject({ failure: { code: "wrongOrigin" } });
  });

  it.each<Record<string, string>>([
    { "content-type": "multipart/form-data; boundary=a" },
    { "content-length": "10" },
    { "transfer-encoding": "chunked" },
  ])("takes no form that another site posts for a page: %j", async (heads) => {
    requested({
      ...{ "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", ...heads },
      "sec-fetch-dest": "document",
    });
    catchLog();
    expect(await guarded({ id: "x" })).toMatchObject({ failure: { code: "wrongOrigin" } });
    expect(run).not.toHaveBeenCalled();
  });

  it("makes a value of what the vendor refused, and writes its code", async () => {
    run.mockRejectedValue(new ChatApiError({ kind: "rejected", code: 131000, info: "off" }));
    expect(await guarded({ id: "x" })).toMatchObject({
      ok: false,
      failure: {
        code: "vendor",
        vendor: { code: 131000, info: "off" },
        requestId: `request-${requests}`,
      },
    });
    expect(await written()).toMatchObject([{ outcome: "failed", code: "131000" }]);
  });

  it("passes on what the work itself refuses", async () => {
    run.mockResolvedValue(failure("unknownApp"));
    expect(await guarded({ id: "x" })).toMatchObject({
      ok: false,
      failure: { code: "unknownApp" },
    });
    expect(await written()).toMatchObject([{ outcome: "refused", code: "unknownApp" }]);
  });

  it("lets a bug be a bug, and writes that there was one", async () => {
    run.mockRejectedValue(new TypeError("x is undefined"));
    await expect(guarded({ id: "x" })).rejects.toThrow(TypeError);
    expect(await written()).toMatchObject([{ outcome: "failed", code: "bug" }]);
  });

  it("limits a person, and says how long to wait", async () => {
    catchLog();
    testRequest.user = { ...sessionUser("support"), id: crypto.randomUUID() };
    const limited = guard({ permission: "lookup", limit: "lookup", audit: null, input, run });
    run.mockResolvedValue(success("done"));
    for (let turn = 0; turn < 3; turn++)
      expect(await limited({ id: "x" })).toMatchObject({ ok: true });
    expect(await limited({ id: "x" })).toMatchObject({
      failure: { code: "tooMany", remedy: expect.stringMatching(/\d+ seconds?/), retry: "button" },
    });
    expect(run).toHaveBeenCalledTimes(3);
    testRequest.user = { ...testRequest.user, id: crypto.randomUUID() };
    expect(await limited({ id: "x" })).toMatchObject({ ok: true });
  });

  it("stops writing refusals of an address that makes a flood of them", async () => {
    testRequest.user = null;
    requested({ "x-forwarded-for": "192.0.2.99" });
    for (let attempt = 0; attempt < 70; attempt++) await guarded({ id: "x" });
    expect(await written()).toHaveLength(60);
  });

  it("stops telling the log, too", async () => {
    testRequest.user = null;
    requested({ "x-forwarded-for": "192.0.2.98" });
    const log = catchLog();
    const untold = guard({ permission: "people", audit: null, input, run });
    for (let attempt = 0; attempt < 70; attempt++) await untold({ id: "x" });
    expect(log).toHaveLength(60);
  });

  it("gives more turns to what people do in passing", async () => {
    testRequest.user = { ...sessionUser("support"), id: crypto.randomUUID() };
    const noting = guard({ permission: "lookup", limit: "note", audit: null, input, run });
    run.mockResolvedValue(success("done"));
    catchLog();
    for (let turn = 0; turn < 31; turn++) await noting({ id: "x" });
    expect(run).toHaveBeenCalledTimes(30);
  });
});

describe("what changes something", () => {
  const changing = guard({ permission: "people", audit: { ...audit, changes: true }, input, run });

  it("is written down before, and how it ended after", async () => {
    run.mockImplementation(async () => {
      expect(await written()).toMatchObject([{ outcome: "started", target: "x" }]);
      return success("done");
    });
    expect(await changing({ id: "x" })).toMatchObject({ ok: true });
    expect(await written()).toMatchObject([{ outcome: "started" }, { outcome: "done" }]);
  });

  it("does not happen when that cannot be written", async () => {
    catchLog();
    await opened.db.execute(sql`alter table audit_events rename to elsewhere`);
    expect(await changing({ id: "x" })).toMatchObject({ failure: { code: "notRecorded" } });
    expect(run).not.toHaveBeenCalled();
    await opened.db.execute(sql`alter table elsewhere rename to audit_events`);
  });
});

describe("when the audit cannot be written", () => {
  it("nothing is delivered, and from then on nothing is read until it can be again", async () => {
    catchLog();
    run.mockResolvedValue(success("secret"));
    await opened.db.execute(sql`alter table audit_events rename to elsewhere`);
    expect(await guarded({ id: "x" })).toMatchObject({ failure: { code: "notRecorded" } });
    expect(await guarded({ id: "x" })).toMatchObject({ failure: { code: "notRecorded" } });
    expect(run.mock.calls.length).toBeLessThanOrEqual(1);

    await opened.db.execute(sql`alter table elsewhere rename to audit_events`);
    expect(await guarded({ id: "x" })).toMatchObject({ ok: true });
  });
});

describe("guardRoute", () => {
  const answer = vi.fn();
  const route = guardRoute({ permission: "people", audit, input, run: answer });
  const request = () => new Request("http://desk.test/x");

  beforeEach(() => {
    answer.mockReset();
  });

  it.each(foreign)("refuses a request of another site: %j", async (heads) => {
    catchLog();
    requested({ "x-forwarded-for": "192.0.2.3", ...heads });
    const response = await route(request(), { id: "x" });
    expect(response.status).toBe(403);
    expect(answer).not.toHaveBeenCalled();
    expect(await written()).toMatchObject([{ outcome: "refused", actorId: null }]);
  });

  it.each(ours)(
    "gives the answer of the work to a request with %j, once it is written",
    async (heads) => {
      requested(heads);
      const response = new Response("rows", { status: 203, headers: { "x-kept": "yes" } });
      answer.mockImplementation(async (_, __, ___, log) => {
        await log.begin({ rows: 0 });
        expect(await written()).toMatchObject([{ outcome: "started", target: "x" }]);
        await log.end({ outcome: "cancelled", rows: 5 });
        await log.end({ outcome: "done", rows: 6 });
        return success(response);
      });
      const sent = await route(request(), { id: "x" });
      expect([sent.status, sent.headers.get("x-kept"), await sent.text()]).toEqual([
        ...[203, "yes", "rows"],
      ]);
      expect(await written()).toMatchObject([
        { outcome: "started" },
        { outcome: "cancelled", rows: 5, target: "x" },
      ]);
    },
  );

  it("does not answer who asks for the head alone", async () => {
    const head = new Request("http://desk.test/x", { method: "HEAD" });
    expect((await route(head, { id: "x" })).status).toBe(405);
    expect(answer).not.toHaveBeenCalled();
    expect(await written()).toEqual([]);
  });

  it("takes leaving for no fault", async () => {
    answer.mockRejectedValue(new DOMException("left", "ResponseAborted"));
    expect((await route(request(), { id: "x" })).ok).toBe(false);
    expect(await written()).toMatchObject([{ outcome: "cancelled" }]);
  });

  it("gives no answer that is not written down", async () => {
    answer.mockResolvedValue(success(new Response("rows")));
    await expect(route(request(), { id: "x" })).rejects.toThrow("written down");
  });

  it.each([
    ["nobody", null, { id: "x" }, {}, 401, "signedOut"],
    ["a role without the permission", sessionUser("support"), { id: "x" }, {}, 403, "notAllowed"],
    [
      "another site",
      sessionUser("admin"),
      { id: "x" },
      { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" },
      403,
      "wrongOrigin",
    ],
    ["garbage", sessionUser("admin"), { id: 1 }, {}, 400, "invalid"],
  ])("refuses %s, and runs nothing", async (_, user, raw, heads, status, code) => {
    catchLog();
    testRequest.user = user;
    requested({ "x-forwarded-for": "192.0.2.2", ...heads });
    const response = await route(request(), raw);
    expect(response.status).toBe(status);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await response.json()).toMatchObject({ failure: { code } });
    expect(answer).not.toHaveBeenCalled();
  });

  it.each([
    [404, () => Promise.resolve(failure("unknownApp")), "unknownApp"],
    [
      502,
      () => Promise.reject(new ChatApiError({ kind: "rejected", code: 131000, info: "off" })),
      "vendor",
    ],
  ])("answers %i where the work refuses", async (status, run, code) => {
    requested({ "x-forwarded-for": "192.0.2.2" });
    answer.mockImplementation(run);
    const response = await route(request(), { id: "x" });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ failure: { code } });
  });

  /** An answer without end, and whether what makes it has been ended. */
  function endless() {
    const ended = vi.fn();
    async function* pieces() {
      try {
        for (;;) yield new Uint8Array([10]);
      } finally {
        ended();
      }
    }
    answer.mockImplementation(async (_, __, ___, log) => {
      await log.begin({
        app: "demo",
        subscriberId: "u1",
        fields: ["name", "subscriberCustomString"],
      });
      return success(new Response(byteStream(pieces())));
    });
    return ended;
  }

  it("sends six answers to a person at once, and says so of the seventh", async () => {
    endless();
    const open: Response[] = [];
    for (let each = 0; each < 6; each++) open.push(await route(request(), { id: "x" }));
    expect(open.map(({ status }) => status)).toEqual(Array(6).fill(200));
    const refused = await route(request(), { id: "x" });
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ failure: { code: "tooManyStreams" } });
    // Others are not held up, and one that ends makes room.
    testRequest.user = { ...sessionUser("admin"), id: "00000000-0000-4000-8000-00000000000a" };
    await (await route(request(), { id: "x" })).body?.cancel();
    testRequest.user = sessionUser("admin");
    await open[0]?.body?.cancel();
    open[0] = await route(request(), { id: "x" });
    expect(open[0].status).toBe(200);
    for (const { body } of open) await body?.cancel();
  });

  it("makes room after work that failed, refused or threw", async () => {
    requested({ "x-forwarded-for": "192.0.2.2" });
    for (let each = 0; each < 7; each++) {
      answer.mockResolvedValue(failure("unknownApp"));
      expect((await route(request(), { id: "x" })).status).toBe(404);
      answer.mockRejectedValue(new Error("a bug"));
      await expect(route(request(), { id: "x" })).rejects.toThrow("a bug");
    }
  });

  it.each([
    ["the session has ended or the account is disabled", () => null],
    ["the role may no longer do it", () => ({ ...sessionUser("admin"), role: "support" as const })],
    [
      "a field that was revealed is masked again",
      async () => {
        await opened.db.delete(reveals);
        return sessionUser("admin");
      },
    ],
  ])("breaks an answer off when %s", async (_, change) => {
    const { id, email, name, role, sessionId, kind } = sessionUser("admin");
    const at = new Date();
    const times = { createdAt: at, lastSeenAt: at, endsAt: new Date(at.getTime() + 3_600_000) };
    const session = { id: sessionId, accountId: id, kind, address: "192.0.2.1", userAgent: "test" };
    await opened.db.insert(accounts).values({ id, email, name, role }).onConflictDoNothing();
    await opened.db
      .insert(sessions)
      .values({ ...session, ...times })
      .onConflictDoNothing();
    const about = { app: "demo", subscriberId: "u1" };
    await addReveals(opened.db, sessionId, about, ["subscriberCustomString"], at);
    const ended = endless();
    const response = await route(request(), { id: "x" });
    const reader = response.body?.getReader();
    await reader?.read();
    const clock = performance.now.bind(performance);
    let passed = 6000;
    vi.spyOn(performance, "now").mockImplementation(() => clock() + passed);
    // A check that finds nothing changed lets it go on.
    for (let each = 0; each < 3; each++) expect((await reader?.read())?.done).toBe(false);
    expect(ended).not.toHaveBeenCalled();
    testRequest.user = await change();
    passed += 6000;
    const rest = async () => {
      for (let each = 0; each < 5; each++) await reader?.read();
    };
    await expect(rest()).rejects.toThrow("no longer");
    expect(ended).toHaveBeenCalledOnce();
  });
});
