import { createHash, randomBytes } from "node:crypto";
import type { APIRequestContext } from "@playwright/test";
import { channels } from "@/lib/db/channel-schema";
import { openDatabase } from "@/lib/db/open-database";
import type { Desk } from "./desk";
import { expect, test } from "./fixtures";
import { storedIn } from "./stored";

// The vendor has no session, and no browser.
test.use({ role: null });

const TOKEN = randomBytes(24).toString("hex");
const CHANNEL = "@TOA#_told_by_the_vendor";
const SOMEBODY = "somebody-of-callbacks";
const OK = '{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}';

type Told = {
  readonly command: string;
  readonly packet?: object;
  readonly slug?: string;
  readonly token?: string;
  readonly sdkAppId?: number;
  readonly time?: number;
  readonly data?: string;
};

const seconds = () => Math.floor(Date.now() / 1000);

async function tell(request: APIRequestContext, desk: Desk, told: Told) {
  const { command, slug = "demo", token = TOKEN, sdkAppId = 1400000001, time = seconds() } = told;
  const query = new URLSearchParams({
    ...{ SdkAppid: String(sdkAppId), CallbackCommand: `OfficialAccount.${command}` },
    ...{ contenttype: "json", ClientIP: "192.0.2.1", OptPlatform: "RESTAPI" },
    Sign: createHash("sha256").update(`${token}${time}`).digest("hex"),
    RequestTime: String(time),
  });
  const packet = {
    CallbackCommand: `OfficialAccount.${command}`,
    Official_Account: CHANNEL,
    EventTime: Date.now(),
    ...told.packet,
  };
  const answer = await request.post(`${desk.url}/api/webhooks/${slug}?${query}`, {
    headers: { "content-type": "application/json" },
    data: told.data ?? JSON.stringify(packet),
  });
  return { status: answer.status(), text: await answer.text() };
}

/** What the database of a desk that has ended holds. */
async function left(desk: Desk) {
  const { db, close } = await openDatabase(desk.database);
  try {
    return { known: await db.select().from(channels), all: await storedIn(db) };
  } finally {
    await close();
  }
}

test("a signed callback is recorded once, and an unsigned one is refused", async ({
  apps: [app],
  gateway,
  openDesk,
  request,
}) => {
  if (app === undefined) throw new Error("There is an app.");
  const withToken = { ...app, callbackToken: TOKEN };
  const closed = { ...app, slug: "closed", sdkAppId: 1400000009 };
  const desk = await openDesk([withToken, closed], gateway.url);
  const sentAt = seconds() - 60;

  const created = { command: "CallbackAfterCreateOfficialAccount", packet: { Name: "Told" } };
  expect(await tell(request, desk, created)).toEqual({ status: 200, text: OK });
  const message = { command: "CallbackAfterSendMsg", packet: { MsgTime: sentAt } };
  expect(await tell(request, desk, message)).toEqual({ status: 200, text: OK });
  const subscribed = {
    command: "CallbackAfterAddSubscriber",
    packet: { SubscribeAccountList: [{ Subscriber_Account: SOMEBODY }] },
  };
  expect(await tell(request, desk, subscribed)).toEqual({ status: 200, text: OK });

  // A channel that is still to be made has no id.
  const toBeMade = {
    command: "CallbackBeforeCreateOfficialAccount",
    data: JSON.stringify({ Operator_Account: SOMEBODY, Owner_Account: SOMEBODY, Name: "To be" }),
  };
  expect(await tell(request, desk, toBeMade)).toEqual({ status: 200, text: OK });

  const changed = {
    command: "CallbackAfterOfficialAccountInfoChanged",
    packet: { Name: `Changed by ${SOMEBODY}` },
  };
  for (const wrong of [
    { token: "somebody else's" },
    { time: seconds() - 400 },
    { sdkAppId: 1400000002 },
    { slug: "closed", sdkAppId: 1400000009 },
    { slug: "closed", sdkAppId: 1400000009, token: "" },
    { slug: "nobody" },
    { data: "{" },
    { command: "CallbackAfterAll" },
  ]) {
    expect(await tell(request, desk, { ...changed, ...wrong })).toEqual({ status: 403, text: "" });
  }
  const huge = await tell(request, desk, { ...changed, data: "x".repeat(64 * 1024 + 1) });
  expect(huge).toEqual({ status: 413, text: "" });
  const unsigned = await request.post(`${desk.url}/api/webhooks/demo`, { data: "{}" });
  expect(unsigned.status()).toBe(403);
  expect((await request.get(`${desk.url}/api/webhooks/demo`)).status()).toBe(405);

  await desk.kill();
  const { known, all } = await left(desk);
  expect(known).toMatchObject([
    { app: "demo", channelId: CHANNEL, name: "Told", lastMessageAt: new Date(sentAt * 1000) },
  ]);
  expect(all).not.toContain(SOMEBODY);
  expect(desk.output()).not.toContain(SOMEBODY);
  expect(desk.output()).not.toContain(TOKEN);
});
