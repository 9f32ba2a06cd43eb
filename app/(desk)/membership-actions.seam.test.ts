import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type FieldPolicyChanges, fieldPolicy } from "@/lib/auth/permissions";
import { callAction } from "@/lib/call-action";
import { foldedKeys } from "@/lib/channels/observations/observe";
import { channels } from "@/lib/db/channel-schema";
import { auditEvents } from "@/lib/db/schema";
import { TEST_SECRET } from "@/lib/testing/desk-environment";
import { sessionUser } from "@/lib/testing/session-user";
import { openTestDatabase, testRequest } from "@/lib/testing/test-request";
import { askMembership, suggestChannels } from "./membership-actions";

vi.mock("next/headers", () => import("@/lib/testing/test-request"));
vi.mock("next-intl/server", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/auth/current-user", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/db/database", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/env", async (original) => {
  const module = await original<typeof import("@/lib/env")>();
  return { ...module, env: () => ({ ...module.env(), fieldPolicy: fieldPolicy(changes) }) };
});

let changes: FieldPolicyChanges = {};
let opened: Awaited<ReturnType<typeof openTestDatabase>>;

const LEEDS = { channelId: "@TOA#_leeds", name: "Leeds Radio Hour" };

beforeAll(async () => {
  opened = await openTestDatabase();
  const app = { slug: "demo", name: "Demo", sdkAppId: 1400000001, adminId: "administrator" };
  vi.stubEnv("APP_URL", "http://127.0.0.1:3000");
  vi.stubEnv("AUTH_SECRET", TEST_SECRET);
  vi.stubEnv(
    "CHAT_APPS",
    JSON.stringify([{ ...app, secretKey: "k".repeat(64), baseUrl: "http://127.0.0.1:1" }]),
  );
  const at = new Date();
  const keys = foldedKeys({ ...LEEDS, ownerId: null, organization: null });
  const row = { app: "demo", ...LEEDS, ...keys, firstSeenAt: at, seenAt: at };
  await opened.db.insert(channels).values(row);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await opened.close();
});
beforeEach(() => {
  changes = {};
  testRequest.user = sessionUser("support");
});

const question = { app: "demo", subscriberId: "user-12", channel: "Leeds Radio" };
const suggestion = { app: "demo", text: "leeds" };

const audited = () =>
  opened.db
    .select({
      action: auditEvents.action,
      app: auditEvents.app,
      subscriberId: auditEvents.subscriberId,
      target: auditEvents.target,
    })
    .from(auditEvents);

describe("a question about a channel", () => {
  it("is recorded once, and returns the known channels near it", async () => {
    const before = (await audited()).length;
    expect(await callAction(askMembership, question)).toEqual({
      ok: true,
      value: { channels: [LEEDS], withNames: true },
    });
    expect((await audited()).slice(before)).toEqual([
      { action: "membership", app: "demo", subscriberId: "user-12", target: "Leeds Radio" },
    ]);
  });

  it("returns no name where the role sees none", async () => {
    changes = { support: { name: "masked" } };
    expect(await callAction(askMembership, question)).toEqual({
      ok: true,
      value: { channels: [], withNames: false },
    });
    expect(await callAction(askMembership, { ...question, channel: LEEDS.channelId })).toEqual({
      ok: true,
      value: { channels: [{ channelId: LEEDS.channelId, name: null }], withNames: false },
    });
  });

  it("is refused for another app, without a session, and without a text", async () => {
    const code = async (input: typeof question) => {
      const result = await callAction(askMembership, input);
      return result.ok ? null : result.failure.code;
    };
    expect(await code({ ...question, app: "none" })).toBe("unknownApp");
    expect(await code({ ...question, channel: "" })).toBe("invalid");
    testRequest.user = null;
    expect(await code(question)).toBe("signedOut");
  });
});

describe("suggestions", () => {
  it("name no subscriber, and are not recorded", async () => {
    const before = (await audited()).length;
    expect(await callAction(suggestChannels, suggestion)).toEqual({
      ok: true,
      value: { channels: [LEEDS], withNames: true },
    });
    expect(await audited()).toHaveLength(before);
  });

  it("return no name where the role sees none", async () => {
    changes = { support: { name: "never" } };
    expect(await callAction(suggestChannels, suggestion)).toEqual({
      ok: true,
      value: { channels: [{ channelId: LEEDS.channelId, name: null }], withNames: false },
    });
  });

  it("are refused without a session", async () => {
    testRequest.user = null;
    expect(await callAction(suggestChannels, suggestion)).toMatchObject({
      ok: false,
      failure: { code: "signedOut" },
    });
  });
});
