import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { testApp } from "../testing/emulator-caller";
import { CALLBACKS } from "./callbacks";
import { type Emulator, startEmulator } from "./server";

const NOW = Date.UTC(2026, 10, 23);
const SAMPLE = "@TOA#_test_mill_subscriber_OA";

let received: { url: URL; body: Record<string, unknown> }[];
const receiver = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  received.push({
    url: new URL(request.url ?? "", "http://127.0.0.1"),
    body: JSON.parse(Buffer.concat(chunks).toString()),
  });
  response.writeHead(202).end("taken");
});

let emulator: Emulator;
let hook: string;
beforeEach(async () => {
  received = [];
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  hook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook?own=1`;
  emulator = await startEmulator({ apps: [testApp], now: () => NOW });
});
afterEach(async () => {
  await emulator.close();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});

async function control(method: string, path: string, body: unknown) {
  const response = await fetch(`${emulator.url}/emulator/callbacks${path}`, {
    method,
    body: JSON.stringify(body),
  });
  return { status: response.status, value: await response.json() };
}

it("a callback has the vendor's address, packet and signature", async () => {
  expect(await control("PUT", "", { url: hook, token: "a token" })).toStrictEqual({
    status: 200,
    value: { url: hook, signed: true },
  });
  const order = { command: "CallbackAfterOfficialAccountDestroyed", channelId: SAMPLE };
  const { status, value } = await control("POST", "/send", order);
  expect([status, value.answer]).toStrictEqual([200, { status: 202, body: "taken" }]);
  const [{ url, body } = { url: new URL("http://x"), body: {} }] = received;
  const seconds = String(NOW / 1000);
  expect(Object.fromEntries(url.searchParams)).toStrictEqual({
    own: "1",
    SdkAppid: String(testApp.sdkAppId),
    CallbackCommand: "OfficialAccount.CallbackAfterOfficialAccountDestroyed",
    contenttype: "json",
    ClientIP: "127.0.0.1",
    OptPlatform: "RESTAPI",
    Sign: createHash("sha256").update(`a token${seconds}`).digest("hex"),
    RequestTime: seconds,
  });
  expect(body).toStrictEqual({
    CallbackCommand: "OfficialAccount.CallbackAfterOfficialAccountDestroyed",
    Official_Account: SAMPLE,
    Owner_Account: "107867",
    Name: "test_mill_subscriber_OA",
    EventTime: NOW,
  });
});

it("without a token it is not signed, and an order may say otherwise", async () => {
  await control("PUT", "", { url: hook });
  await control("POST", "/send", {
    command: "CallbackAfterCreateOfficialAccount",
    channelId: "@TOA#_new",
    sdkAppId: 7,
    requestTime: 1000,
    fields: { Name: "Another" },
  });
  const [{ url, body } = { url: new URL("http://x"), body: {} }] = received;
  expect([url.searchParams.get("SdkAppid"), url.searchParams.has("Sign")]).toStrictEqual([
    "7",
    false,
  ]);
  expect(body).toMatchObject({ Official_Account: "@TOA#_new", Name: "Another", EventTime: 1e6 });
});

it.each([...CALLBACKS.keys()])("%s is sent", async (command) => {
  await control("PUT", "", { url: hook, token: "a token" });
  expect((await control("POST", "/send", { command, channelId: SAMPLE })).status).toBe(200);
  expect(received[0]?.body.CallbackCommand).toBe(`OfficialAccount.${command}`);
});

describe("what cannot be sent", () => {
  const order = { command: "CallbackAfterSendMsg", channelId: SAMPLE };

  it("has nowhere to go", async () => {
    expect((await control("POST", "/send", order)).status).toBe(409);
  });

  it("is not taken", async () => {
    await control("PUT", "", { url: "http://127.0.0.1:1/" });
    expect((await control("POST", "/send", order)).status).toBe(502);
  });

  it.each([
    ["PUT", "", []],
    ["PUT", "", { url: "ftp://x" }],
    ["PUT", "", { url: "http://x", token: 1 }],
    ["POST", "/send", null],
    ["POST", "/send", { ...order, command: "CallbackAfterAll" }],
    ["POST", "/send", { ...order, channelId: 1 }],
    ["POST", "/send", { ...order, sdkAppId: "1" }],
    ["POST", "/send", { ...order, requestTime: "now" }],
    ["POST", "/send", { ...order, fields: [] }],
  ])("%s %s with %j is refused", async (method, path, body) => {
    await control("PUT", "", { url: hook });
    const { status, value } = await control(method, path, body);
    expect([status, value.error]).toStrictEqual([400, expect.stringMatching(/\w/)]);
    expect(received).toStrictEqual([]);
  });
});
