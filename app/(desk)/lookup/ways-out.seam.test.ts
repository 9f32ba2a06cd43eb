import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { eq } from "drizzle-orm";
import ExcelJS from "exceljs";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import {
  can,
  type FIELD_RULES,
  type FieldPolicyChanges,
  fieldPolicy,
  ROLES,
  type Role,
} from "@/lib/auth/permissions";
import { callAction } from "@/lib/call-action";
import {
  CHANNEL_FIELDS,
  CHANNEL_FILTER,
  FIELDS,
  type Field,
  SUBSCRIPTION_FIELDS,
  SUBSCRIPTION_FILTER,
} from "@/lib/chat-api/types";
import { accounts, auditEvents, reveals, sessions } from "@/lib/db/schema";
import { EXPORT_FORMATS, type ExportFormat } from "@/lib/export/formats";
import { sessionUser } from "@/lib/testing/session-user";
import { openTestDatabase, testRequest } from "@/lib/testing/test-request";
import { lookup } from "./actions";
import { GET as exported, POST as exportedSelection } from "./export/route";
import { inspect } from "./inspector/inspect-actions";
import { type RevealInput, reveal } from "./reveal/reveal-actions";
import { readRow } from "./row/row-actions";
import { GET as streamed } from "./stream/route";

vi.mock("next/headers", () => import("@/lib/testing/test-request"));
vi.mock("next-intl/server", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/auth/current-user", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/db/database", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/env", async (original) => {
  const module = await original<typeof import("@/lib/env")>();
  return { ...module, env: () => ({ ...module.env(), fieldPolicy: fieldPolicy(changes) }) };
});

let changes: FieldPolicyChanges = {};

/** What the vendor says of each field, in all forms in which it could come out. */
const SAID: Readonly<Record<Field, readonly string[]>> = {
  name: ["canary-name"],
  ownerId: ["canary-owner"],
  subscriberCount: ["777001"],
  lastMessageAt: ["1700000001", "2023-11-14T22:13:21"],
  createdAt: ["1700000102", "2023-11-14T22:15:02"],
  introduction: ["canary-introduction"],
  organization: ["canary-organization"],
  avatarUrl: ["https://canary.test/avatar"],
  customString: ["canary-data"],
  subscribedAt: ["1700000203", "2023-11-14T22:16:43"],
  subscriberCustomString: ["canary-said"],
};
const CHANNEL = "@TOA#_canary";

/** A vendor that gives everything, whatever it is asked for. */
const row = {
  Official_Account: CHANNEL,
  ...wireOf(CHANNEL_FIELDS, CHANNEL_FILTER),
  SelfInfo: wireOf(SUBSCRIPTION_FIELDS, SUBSCRIPTION_FILTER),
};

function wireOf<Name extends Field>(fields: readonly Name[], names: Record<Name, string>) {
  return Object.fromEntries(fields.map((field) => [names[field], SAID[field][0]]));
}

type Asked = { readonly command: string; readonly body: Record<string, never> };

const calls: Asked[] = [];
let vendor: Server;
let opened: Awaited<ReturnType<typeof openTestDatabase>>;

beforeAll(async () => {
  vendor = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = JSON.parse(Buffer.concat(chunks).toString());
    const command = new URL(request.url ?? "", "http://vendor").pathname;
    calls.push({ command, body });
    const list = { OfficialAccountInfoList: [row], TotalCount: 1, CompleteFlag: 1, Next: 0 };
    response.end(JSON.stringify({ ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "", ...list }));
  });
  await new Promise<void>((resolve) => vendor.listen(0, "127.0.0.1", resolve));
  const baseUrl = `http://127.0.0.1:${(vendor.address() as AddressInfo).port}`;
  const key = { sdkAppId: 1400000001, adminId: "administrator", secretKey: "k".repeat(64) };
  const apps = ["demo", "other"].map((slug) => ({ slug, name: slug, ...key, baseUrl }));
  vi.stubEnv("APP_URL", "http://127.0.0.1:3000");
  vi.stubEnv("AUTH_SECRET", "a secret of these tests, long enough");
  vi.stubEnv("CHAT_APPS", JSON.stringify(apps));
  vi.stubEnv("CHAT_BUDGET_PER_SECOND", "100000");
  vi.stubEnv("LOOKUPS_PER_MINUTE", "100000");
  vi.stubEnv("EXPORTS_PER_HOUR", "100000");
  opened = await openTestDatabase();
  for (const role of ROLES) await addSessions(role);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  vendor.closeAllConnections();
  vendor.close();
  await opened.close();
});
beforeEach(async () => {
  changes = {};
  await opened.db.delete(reveals);
});

const OTHER_SESSION = "00000000-0000-4000-8000-00000000000";

async function addSessions(role: Role): Promise<void> {
  const { id, email, name, sessionId, kind } = sessionUser(role);
  await opened.db.insert(accounts).values({ id, email, name, role });
  const at = new Date();
  const session = { accountId: id, kind, address: "192.0.2.1", userAgent: "test" };
  const times = { createdAt: at, lastSeenAt: at, endsAt: new Date(at.getTime() + 3_600_000) };
  for (const ofSession of [sessionId, `${OTHER_SESSION}${ROLES.indexOf(role)}`]) {
    await opened.db.insert(sessions).values({ id: ofSession, ...session, ...times });
  }
}

type Subject = { readonly app: string; readonly subscriberId: string };

const ANN: Subject = { app: "demo", subscriberId: "ann" };

/** Each way out asks for every field, and gives all that came out. */
const WAYS: Readonly<Record<string, (about: Subject) => Promise<string>>> = {
  lookup: async (about) =>
    JSON.stringify(
      await callAction(lookup, { ...about, fields: [...FIELDS], offset: 0, size: 20 }),
    ),
  inspector: async (about) =>
    JSON.stringify(
      await callAction(inspect, { ...about, fields: [...FIELDS], offset: 0, size: 20 }),
    ),
  row: async (about) =>
    JSON.stringify(await callAction(readRow, { ...about, channelId: CHANNEL, offsetHint: 0 })),
  "row of the whole list": async (about) =>
    JSON.stringify(await callAction(readRow, { ...about, channelId: CHANNEL, offsetHint: null })),
  stream: async ({ app, subscriberId }) => {
    const query = new URLSearchParams({ app, subscriber: subscriberId, fields: FIELDS.join() });
    const answer = await streamed(new Request(`http://127.0.0.1:3000/lookup/stream?${query}`));
    return answer.text();
  },
  ...Object.fromEntries(
    EXPORT_FORMATS.map((format) => [format, (about: Subject) => exportedText(about, format)]),
  ),
  "csv of selected rows": async (about) => {
    const address = exportAddress(about, "csv");
    const body = JSON.stringify({ selected: [CHANNEL] });
    return (await exportedSelection(new Request(address, { method: "POST", body }))).text();
  },
};

const isExport = (way: string) => EXPORT_FORMATS.some((format) => way.startsWith(format));

/** The ways that are open to a role; the others are tested where permissions are. */
const waysOf = (role: Role) =>
  Object.keys(WAYS).filter((way) => can(role, isExport(way) ? "export" : "lookup"));

function exportAddress(
  { app, subscriberId }: Subject,
  format: ExportFormat,
  more: Record<string, string> = {},
): string {
  const asked = { app, subscriber: subscriberId, fields: FIELDS.join(), format, ...more };
  return `http://127.0.0.1:3000/lookup/export?${new URLSearchParams(asked)}`;
}

async function exportedText(
  about: Subject,
  format: ExportFormat,
  more: Record<string, string> = {},
): Promise<string> {
  const answer = await exported(new Request(exportAddress(about, format, more)));
  if (format !== "xlsx") return answer.text();
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(await answer.arrayBuffer());
  return JSON.stringify(workbook.worksheets.map((sheet) => sheet.getSheetValues()));
}

type Left = { readonly asked: ReadonlySet<Field>; readonly told: ReadonlySet<Field> };

/** What a way asked of the vendor, and what of its answer came out. */
async function left(way: string, about: Subject): Promise<Left> {
  calls.length = 0;
  const text = (await WAYS[way]?.(about)) ?? "";
  expect(calls.length, text).toBeGreaterThan(0);
  return {
    asked: new Set(calls.flatMap(fieldsAsked)),
    told: new Set(FIELDS.filter((field) => SAID[field].some((form) => text.includes(form)))),
  };
}

function fieldsAsked({ command, body }: Asked): Field[] {
  const filter: Record<string, readonly string[]> = body.ResponseFilter ?? {};
  const ofChannel = filter.OfficialAccountBaseInfoFilter;
  const ofSubscription = filter.SelfInfoFilter;
  // Without a filter, or with an empty one, the vendor gives all.
  const isAsked = (names: readonly string[] | undefined, name: string) =>
    !names || names.length === 0 || names.includes(name);
  return [
    ...CHANNEL_FIELDS.filter((field) => isAsked(ofChannel, CHANNEL_FILTER[field])),
    ...(command.endsWith("get_official_account_info")
      ? []
      : SUBSCRIPTION_FIELDS.filter((field) => isAsked(ofSubscription, SUBSCRIPTION_FILTER[field]))),
  ];
}

async function expectAll(role: Role, about: Subject, fields: readonly Field[]) {
  for (const way of waysOf(role)) {
    const { asked, told } = await left(way, about);
    expect([way, "asked", [...asked].sort()]).toEqual([way, "asked", [...fields].sort()]);
    expect([way, "told", [...told].sort()]).toEqual([way, "told", [...fields].sort()]);
  }
}

async function revealed(about: Subject, wanted: readonly Field[]): Promise<void> {
  const fields = wanted as RevealInput["fields"];
  const result = await callAction(reveal, { ...about, fields, reason: "Ticket 4711" });
  expect(result).toMatchObject({ ok: true });
}

const without = (...hidden: readonly Field[]) => FIELDS.filter((field) => !hidden.includes(field));

/** Every second field, and the others: each half leaves fields of both groups that may be read. */
const HALVES = [0, 1].map((rest) => FIELDS.filter((_, index) => index % 2 === rest));

/** The rules do not depend on the role, so an administrator shows both halves and the others one each. */
const HALVES_OF: Readonly<Record<Role, readonly (readonly Field[])[]>> = {
  support: HALVES.slice(0, 1),
  product: HALVES.slice(1),
  admin: HALVES,
};

describe.each(ROLES)("what goes out to %s", (role) => {
  beforeEach(() => {
    testRequest.user = sessionUser(role);
  });

  /** A policy that shows this role everything but these fields. */
  const rule = (fields: readonly Field[], is: (typeof FIELD_RULES)[number]) => {
    const rules = FIELDS.map((name) => [name, fields.includes(name) ? is : "shown"] as const);
    changes = { [role]: Object.fromEntries(rules) };
  };

  it("of fields that are shown", async () => {
    rule(FIELDS, "shown");
    await expectAll(role, ANN, FIELDS);
  });

  describe.each(HALVES_OF[role].map((fields) => ({ fields })))("of $fields", ({ fields }) => {
    it("when they are never shown", async () => {
      rule(fields, "never");
      await expectAll(role, ANN, without(...fields));
    });

    it("when they are masked, until each is revealed", async () => {
      rule(fields, "masked");
      await expectAll(role, ANN, without(...fields));
      const others = fields.slice(1);
      await revealed(ANN, fields.slice(0, 1));
      await expectAll(role, ANN, without(...others));
      await revealed(ANN, others);
      await expectAll(role, ANN, FIELDS);
    });
  });

  // An administrator has every way out, and here nothing else depends on the role.
  if (role === "admin") {
    it("of what was revealed: of this subscriber in this app, to this session, for a while", async () => {
      const field = "subscriberCustomString";
      rule([field], "masked");
      await revealed(ANN, [field]);
      await expectAll(role, { ...ANN, subscriberId: "bo" }, without(field));
      await expectAll(role, { ...ANN, app: "other" }, without(field));
      testRequest.user = {
        ...sessionUser(role),
        sessionId: `${OTHER_SESSION}${ROLES.indexOf(role)}`,
      };
      await expectAll(role, ANN, without(field));
      testRequest.user = sessionUser(role);
      await expectAll(role, ANN, FIELDS);
      await opened.db.update(reveals).set({ expiresAt: new Date() });
      await expectAll(role, ANN, without(field));
    });
  }

  it("of a group of which nothing is wanted is one field that may be read", async () => {
    changes = {
      [role]: { name: "never", subscribedAt: "masked", subscriberCustomString: "shown" },
    };
    calls.length = 0;
    await callAction(lookup, { ...ANN, fields: [], offset: 0, size: 20 });
    expect(calls.flatMap(fieldsAsked)).toEqual(["ownerId", "subscriberCustomString"]);
  });
});

describe("a file", () => {
  const narrowed = {
    fields: "ownerId",
    sort: "-introduction",
    introduction: "contains:absent",
  };

  beforeEach(() => {
    testRequest.user = sessionUser("admin");
    changes = { admin: { introduction: "masked" } };
    calls.length = 0;
  });

  it("is neither narrowed nor sorted by what is masked, which would tell of it", async () => {
    expect(await exportedText(ANN, "csv", narrowed)).toContain("canary-owner");
    expect(calls.flatMap(fieldsAsked)).not.toContain("introduction");
  });

  it("is, once that is revealed", async () => {
    await revealed(ANN, ["introduction"]);
    expect(await exportedText(ANN, "csv", narrowed)).not.toContain("canary-owner");
    expect(calls.flatMap(fieldsAsked)).toContain("introduction");
  });
});

describe("revealing", () => {
  const wanted: RevealInput = {
    ...ANN,
    fields: ["subscriberCustomString"],
    reason: "  Ticket\n4711 ",
  };

  beforeEach(async () => {
    testRequest.user = sessionUser("admin");
    testRequest.headers = new Headers({ "x-request-id": crypto.randomUUID() });
  });

  const written = async () => {
    const requestId = testRequest.headers.get("x-request-id") ?? "";
    return opened.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.requestId, requestId))
      .orderBy(auditEvents.sequence);
  };

  it("is written down with the fields and the reason, before it holds", async () => {
    expect(await callAction(reveal, wanted)).toEqual({
      ok: true,
      value: [{ ...ANN, field: "subscriberCustomString", left: 15 * 60_000 }],
    });
    const why = { fields: ["subscriberCustomString"], reason: "Ticket 4711" };
    const row = { action: "reveal", actorEmail: "admin@desk.test", ...ANN, ...why };
    expect(await written()).toMatchObject([
      { ...row, outcome: "started" },
      { ...row, outcome: "done" },
    ]);
  });

  it.each<[string, Partial<RevealInput>, string]>([
    ["no reason", { reason: " why? " }, "invalid"],
    ["a reason without an end", { reason: "x".repeat(501) }, "invalid"],
    ["no field", { fields: [] as never }, "invalid"],
    ["a field twice", { fields: ["subscriberCustomString", "subscriberCustomString"] }, "invalid"],
    ["a field that is no field", { fields: ["secret" as Field] }, "invalid"],
    ["no subscriber", { subscriberId: "" }, "invalid"],
    ["an app that is none", { app: "nowhere" }, "unknownApp"],
    ["a field that is not masked", { fields: ["name"] }, "notAllowed"],
    ["one of two that is not", { fields: ["subscriberCustomString", "name"] }, "notAllowed"],
  ])("takes %s for no answer", async (_, change, code) => {
    const result = await callAction(reveal, { ...wanted, ...change });
    expect(result).toMatchObject({ ok: false, failure: { code } });
    expect(await opened.db.$count(reveals)).toBe(0);
    const last = (await written()).at(-1);
    expect(last).toMatchObject({ action: "reveal", outcome: "refused", code });
  });

  it("is not for a role that may never see the field", async () => {
    testRequest.user = sessionUser("product");
    const result = await callAction(reveal, wanted);
    expect(result).toMatchObject({ ok: false, failure: { code: "notAllowed" } });
    expect(await opened.db.$count(reveals)).toBe(0);
  });
});

it.each([
  ["no body", ""],
  ["no list", "{}"],
  ["an empty list", '{"selected":[]}'],
  ["no IDs", '{"selected":[1]}'],
  ["no JSON object", "[]"],
  ["too many IDs", JSON.stringify({ selected: Array.from({ length: 10_001 }, () => CHANNEL) })],
])("a selection with %s makes no file", async (_, body) => {
  testRequest.user = sessionUser("admin");
  calls.length = 0;
  const request = new Request(exportAddress(ANN, "csv"), { method: "POST", body });
  expect((await exportedSelection(request)).status).toBe(400);
  expect(calls).toEqual([]);
});
