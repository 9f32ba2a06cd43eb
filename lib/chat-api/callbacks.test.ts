import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { isSignedCallback, parseCallback } from "./callbacks";

const APP = { sdkAppId: 1400000001, token: "sample-token-of-the-test" };
const NOW = new Date("2026-11-24T12:00:00Z");
const SECONDS = NOW.getTime() / 1000;
const CHANNEL = "@TOA#_news";

function query(command: string, changes: Readonly<Record<string, string>> = {}): URLSearchParams {
  const time = changes.RequestTime ?? String(SECONDS);
  const sign = createHash("sha256").update(`${APP.token}${time}`).digest("hex");
  const given = {
    SdkAppid: "1400000001",
    CallbackCommand: `OfficialAccount.${command}`,
    contenttype: "json",
    ClientIP: "192.0.2.1",
    OptPlatform: "RESTAPI",
    Sign: sign,
    RequestTime: time,
  };
  return new URLSearchParams({ ...given, ...changes });
}

describe("a callback’s signature", () => {
  const isSigned = (changes: Readonly<Record<string, string>> = {}) =>
    isSignedCallback(query("CallbackAfterSendMsg", changes), APP, NOW);

  it("is the digest of the token and the time, of this app, within five minutes", () => {
    expect(isSigned()).toBe(true);
    expect(isSigned({ RequestTime: String(SECONDS - 300) })).toBe(true);
    expect(isSigned({ RequestTime: String(SECONDS + 300) })).toBe(true);
  });

  it.each([
    ["too old", { RequestTime: String(SECONDS - 301) }],
    ["still to come", { RequestTime: String(SECONDS + 301) }],
    ["of no time", { RequestTime: "" }],
    ["of a time that is none", { RequestTime: "now" }],
    ["of a time in milliseconds", { RequestTime: String(NOW.getTime()) }],
    ["of another app", { SdkAppid: "1400000002" }],
    ["without an app", { SdkAppid: "" }],
    ["without a signature", { Sign: "" }],
    ["half a signature", { Sign: "ab".repeat(16) }],
    ["another signature", { Sign: "ab".repeat(32) }],
    ["no hexadecimal number", { Sign: "z".repeat(64) }],
  ])("is refused when it is %s", (_, changes) => {
    expect(isSigned(changes)).toBe(false);
  });

  it("is the one of the vendor's sample", () => {
    const app = { ...APP, token: "xxxxyyyy" };
    const sample = query("CallbackAfterSendMsg", {
      Sign: "17773bc39a671d7b9aa835458704d2a6db81360a5940292b587d6d760d484061",
      RequestTime: "1669872112",
    });
    expect(isSignedCallback(sample, app, new Date(1_669_872_112_000))).toBe(true);
  });

  it("of another time does not fit this one", () => {
    const old = query("CallbackAfterSendMsg", { RequestTime: String(SECONDS - 3600) }).get("Sign");
    expect(isSigned({ Sign: old ?? "" })).toBe(false);
  });

  it("of an app without a token is none", () => {
    const sign = createHash("sha256").update(`${SECONDS}`).digest("hex");
    const given = query("CallbackAfterSendMsg", { Sign: sign });
    expect(isSignedCallback(given, APP, NOW)).toBe(false);
  });
});

describe("what a callback says", () => {
  const parse = (command: string, packet: object) =>
    parseCallback(
      query(command),
      JSON.stringify({ Official_Account: CHANNEL, EventTime: NOW.getTime() - 5000, ...packet }),
      NOW,
    );
  const of = { channelId: CHANNEL, at: new Date(NOW.getTime() - 5000) };
  const two = [
    { Subscriber_Account: "107867" },
    { Subscriber_Account: "107868" },
    { Subscriber_Account: "107867" },
  ];

  it.each([
    [
      "CallbackAfterCreateOfficialAccount",
      { Operator_Account: "admin", Owner_Account: "user-1", Name: "News" },
      { ...of, event: "created", facts: { name: "News", ownerId: "user-1", createdAt: of.at } },
    ],
    [
      "CallbackAfterCreateOfficialAccount",
      { EventTime: 0 },
      { channelId: CHANNEL, at: NOW, event: "created", facts: {} },
    ],
    [
      "CallbackAfterOfficialAccountInfoChanged",
      { Name: "News", Organization: "" },
      { ...of, event: "changed", facts: { name: "News", organization: null } },
    ],
    ["CallbackAfterOfficialAccountDestroyed", {}, { ...of, event: "destroyed" }],
    [
      "CallbackAfterAddSubscriber",
      { SubscribeAccountList: two },
      { ...of, event: "followed", change: 2 },
    ],
    [
      "CallbackAfterDeleteSubscriber",
      { SubscribeAccountList: two },
      { ...of, event: "followed", change: -2 },
    ],
    [
      "CallbackAfterSendMsg",
      { MsgTime: SECONDS - 6 },
      { ...of, event: "sent", messageAt: new Date(NOW.getTime() - 6000) },
    ],
    [
      "CallbackAfterSendMsg",
      { EventTime: NOW.getTime() - 4500, MsgTime: "soon" },
      {
        ...{ channelId: CHANNEL, at: new Date(NOW.getTime() - 4500) },
        ...{ event: "sent", messageAt: of.at },
      },
    ],
    ["CallbackAfterSendMsg", { OnlineOnlyFlag: 1 }, { event: "other" }],
    ["CallbackAfterOfficialAccountFull", {}, { ...of, event: "full" }],
    ["CallbackAfterMsgWithDraw", { WithdrawMsgList: [] }, { event: "other" }],
    ["CallbackBeforeSendMsg", {}, { event: "other" }],
    ["CallbackBeforeCreateOfficialAccount", { Official_Account: undefined }, { event: "other" }],
    ["CallbackBeforeAddSubscriber", { SubscribeAccountList: two }, { event: "other" }],
  ])("%s", (command, packet, expected) => {
    const callback = parse(command, packet);
    expect(callback).toEqual(expected);
    expect(JSON.stringify(callback)).not.toContain("107867");
  });

  it.each([
    ["seconds", SECONDS - 5, of.at],
    ["nothing", undefined, NOW],
    ["zero", 0, NOW],
    ["a time to come", SECONDS + 60, NOW],
    ["a time far from now", NOW.getTime() * 900, NOW],
    ["a time of before there were channels", 1, NOW],
    ["a time below zero", -1, NOW],
    ["a text", "yesterday", NOW],
  ])("happened at a time in %s", (_, EventTime, at) => {
    expect(parse("CallbackAfterOfficialAccountDestroyed", { EventTime })).toMatchObject({ at });
  });

  it.each([
    ["no JSON", "{"],
    ["no object", "[]"],
    ["no channel", "{}"],
    ["a channel that is no text", '{"Official_Account": 7}'],
    ["an id that no database holds", '{"Official_Account": "a\\u0000"}'],
    ["half a character in an id", '{"Official_Account": "a\\ud800"}'],
    ["a second line in an id", '{"Official_Account": "a\\nb"}'],
    ["what turns a text round in an id", '{"Official_Account": "\\u202ea"}'],
    ["subscribers that are none", '{"Official_Account": "a", "SubscribeAccountList": [1]}'],
    [
      "the name of another one in it",
      '{"Official_Account": "a", "CallbackCommand": "OfficialAccount.CallbackAfterSendMsg"}',
    ],
    ["deep nonsense", "[".repeat(30_000)],
  ])("is not understood when there is %s", (_, body) => {
    expect(parseCallback(query("CallbackAfterAddSubscriber"), body, NOW)).toBeNull();
  });

  it.each([
    "Group.CallbackAfterNewMemberJoin",
    "OfficialAccount.CallbackAfterAll",
    "OfficialAccount.constructor",
    "",
  ])("%s is none that is documented", (command) => {
    const body = JSON.stringify({ Official_Account: CHANNEL });
    expect(parseCallback(query("x", { CallbackCommand: command }), body, NOW)).toBeNull();
  });

  it.each([
    ["Name", 150, "name"],
    ["Owner_Account", 128, "ownerId"],
    ["Introduction", 400, "introduction"],
    ["FaceUrl", 500, "avatarUrl"],
    ["Organization", 500, "organization"],
  ])("is not taken with more than the vendor's own limit in %s, %i bytes", (field, bytes, name) => {
    const changed = (value: string) =>
      parse("CallbackAfterOfficialAccountInfoChanged", { [field]: value });
    const longest = `${"é".repeat(bytes / 2 - 1)}xx`;
    expect(Buffer.byteLength(longest)).toBe(bytes);
    expect(changed(longest)).toMatchObject({ event: "changed", facts: { [name]: longest } });
    expect(changed(`${longest}x`)).toBeNull();
    expect(changed("é".repeat(bytes / 2 + 1))).toBeNull();
  });
});
