import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Role } from "@/lib/auth/permissions";
import { callAction } from "@/lib/call-action";
import { FIELDS } from "@/lib/chat-api/types";
import { type Emulator, startEmulator } from "@/lib/chat-emulator/server";
import { secretForms } from "@/lib/testing/secret-forms";
import { sessionUser } from "@/lib/testing/session-user";
import { openTestDatabase, testRequest } from "@/lib/testing/test-request";
import type { LookupInput } from "../actions";
import { inspect } from "./inspect-actions";

vi.mock("next/headers", () => import("@/lib/testing/test-request"));
vi.mock("next-intl/server", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/auth/current-user", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/db/database", () => import("@/lib/testing/test-request"));

const KEY = { sdkAppId: 1400000001, adminId: "canary-admin", secretKey: "canary-key".repeat(7) };
const userSigs = new Set<string>();

let emulator: Emulator;
let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let proxy: Server;
/** Sees every signature, and says it back to whoever asks for `echo-…`. */
beforeAll(async () => {
  opened = await openTestDatabase();
  emulator = await startEmulator({ apps: [KEY] });
  proxy = createServer(async (request, response) => {
    const { url = "", headers } = request;
    userSigs.add(new URL(url, emulator.url).searchParams.get("usersig") ?? "");
    const body = await readText(request);
    if (body.includes("echo-words")) {
      const answer = { ActionStatus: "FAIL", ErrorCode: 70003, ErrorInfo: `cannot ${url}` };
      response.end(JSON.stringify({ ...answer, [url]: headers, ...headers }));
    } else if (body.includes("echo-page")) {
      response.end(`<!doctype html><a href="${url}">again</a>`);
    } else if (body.includes("long-winded")) {
      const row = { Official_Account: "@TOA#_x", Name: "x".repeat(300_000) };
      const list = { TotalCount: 1, OfficialAccountInfoList: [row], CompleteFlag: 1, Next: 0 };
      response.end(JSON.stringify({ ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "", ...list }));
    } else {
      const passed = await fetch(`${emulator.url}${url}`, { method: "POST", body }).catch(
        () => null,
      );
      if (passed) response.writeHead(passed.status).end(await passed.text());
      else response.destroy();
    }
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const { port } = proxy.address() as AddressInfo;
  const app = { slug: "demo", name: "Demo", ...KEY, baseUrl: `http://127.0.0.1:${port}` };
  vi.stubEnv("APP_URL", "http://127.0.0.1:3000");
  vi.stubEnv("AUTH_SECRET", "a secret of these tests, long enough");
  vi.stubEnv("CHAT_APPS", JSON.stringify([app]));
  vi.stubEnv("LOOKUPS_PER_MINUTE", "10000");
});
afterAll(async () => {
  vi.unstubAllEnvs();
  proxy.closeAllConnections();
  proxy.close();
  await emulator.close();
  await opened.close();
});
beforeEach(() => {
  signIn("support");
});

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function signIn(role: Role) {
  testRequest.user = sessionUser(role);
}

async function inspected(wanted: Partial<LookupInput>) {
  const input: LookupInput = {
    ...{ app: "demo", subscriberId: "107867", fields: ["name"], offset: 0, size: 50 },
    ...wanted,
  };
  const result = await callAction(inspect, input);
  if (!result.ok) throw new Error(result.failure.code);
  return result.value;
}

describe("the inspector", () => {
  it("makes the lookup's call once more, and shows it", async () => {
    const before = emulator.calls.length;
    const call = await inspected({ fields: ["name", "customString"], offset: 2, size: 20 });
    expect(emulator.calls).toHaveLength(before + 1);
    expect(JSON.parse(call.body)).toEqual(emulator.calls.at(-1)?.body);
    expect(JSON.parse(call.body)).toMatchObject({ Limit: 20, Offset: 2 });
    expect(call).toMatchObject({ region: "Custom address", failure: null });
    expect(call.attempts).toHaveLength(1);
    expect(call.answer?.rest).toBe(0);
    expect(call.answer?.text).toContain('\n  "TotalCount": 8,\n');
  });

  it("shows a call that fails, with why, and each attempt", async () => {
    const call = await inspected({ subscriberId: "error-20005" });
    expect(call.failure).toMatchObject({ vendor: { code: 20005 } });
    expect(call.attempts.map(({ failure }) => failure?.code)).toEqual([20005, 20005, 20005]);
    expect(call.answer?.text).toContain('"ErrorCode": 20005');
  });

  it("asks for no field that the role may not see", async () => {
    signIn("product");
    const call = await inspected({ fields: ["name", "subscribedAt", "subscriberCustomString"] });
    expect(JSON.parse(call.body).ResponseFilter.SelfInfoFilter).toEqual(["SubscribeTime"]);
  });

  it("cuts an answer that nobody can read, and says how much", async () => {
    const { answer } = await inspected({ subscriberId: "long-winded" });
    expect(answer?.text).toHaveLength(200_000);
    expect(answer?.rest).toBeGreaterThan(100_000);
  });

  it.each([
    ["nobody", null, {}, "signedOut"],
    ["who asks for too much", "support", { size: 201 }, "invalid"],
    ["who asks of another app", "support", { app: "other" }, "unknownApp"],
  ] as const)("is closed to %s", async (_, role, wanted, code) => {
    if (role) signIn(role);
    else testRequest.user = null;
    const before = emulator.calls.length;
    await expect(inspected(wanted)).rejects.toThrow(code);
    expect(emulator.calls).toHaveLength(before);
  });

  it.each([
    "107867",
    "error-70009",
    "error-70001",
    "fault-502",
    "fault-html",
    "fault-reset",
    "fault-hostile",
    "echo-words",
    "echo-page",
  ])("tells no secret: %s", async (subscriberId) => {
    const call = await inspected({ subscriberId, fields: [...FIELDS] });
    const text = [JSON.stringify(call), call.answer?.text, call.curl].join("\n");
    expect(text).toContain(subscriberId);
    expect(userSigs.size).toBeGreaterThan(0);
    for (const secret of [KEY.secretKey, KEY.adminId, ...userSigs]) {
      for (const form of secretForms(secret)) {
        expect(text.includes(form), form).toBe(false);
        expect(`${text}${form}`.includes(form)).toBe(true);
      }
    }
  });
});
