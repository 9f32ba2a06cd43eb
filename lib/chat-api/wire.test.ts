import { describe, expect, it } from "vitest";
import { ChatApiError } from "./errors";
import { FIELDS } from "./types";
import { channelFilter, parseAnswer, pickFields, subscriptionFilter, WIRE } from "./wire";

/** The vendor's documented sample, with its comments and its missing brace mended. */
const SAMPLE = {
  ActionStatus: "OK",
  ErrorInfo: "",
  ErrorCode: 0,
  TotalCount: 8,
  OfficialAccountInfoList: [
    {
      Name: "test_mill_subscriber_OA",
      Official_Account: "@TOA#_test_mill_subscriber_OA",
      Owner_Account: "107867",
      LastMsgTime: 1698894911,
      SubscriberNum: 499800,
      Introduction: "This is test Introduction",
      FaceUrl: "http://this.is.face.url",
      Organization: "Tencent",
      CustomString: "test_custom_string",
      SelfInfo: { SubscribeTime: 1700655351, CustomString: "" },
    },
  ],
  CompleteFlag: 1,
  Next: 0,
};
const ROW = SAMPLE.OfficialAccountInfoList[0];
const page = (row: object) => ({ ...SAMPLE, OfficialAccountInfoList: [{ ...ROW, ...row }] });
const parsed = (row: object) =>
  parseAnswer(WIRE.subscriptionPage, page(row)).OfficialAccountInfoList?.[0];

describe("an answer of the list call", () => {
  it("reads the documented sample", () => {
    expect(parsed({})).toEqual({
      channelId: "@TOA#_test_mill_subscriber_OA",
      name: "test_mill_subscriber_OA",
      ownerId: "107867",
      subscriberCount: 499800,
      lastMessageAt: new Date("2023-11-02T03:15:11Z"),
      createdAt: null,
      introduction: "This is test Introduction",
      organization: "Tencent",
      avatarUrl: "http://this.is.face.url",
      customString: "test_custom_string",
      subscribedAt: new Date("2023-11-22T12:15:51Z"),
      subscriberCustomString: null,
    });
  });

  it.each([
    ["a count as text", { SubscriberNum: "499800" }, { subscriberCount: 499800 }],
    ["a count above 32 bits", { SubscriberNum: 5_000_000_000 }, { subscriberCount: 5_000_000_000 }],
    ["a time of 0", { LastMsgTime: 0 }, { lastMessageAt: null }],
    ["a time of null", { LastMsgTime: null }, { lastMessageAt: null }],
    ["a time that is absent", { LastMsgTime: undefined }, { lastMessageAt: null }],
    ["a time as text", { CreateTime: "1698894911" }, { createdAt: new Date(1698894911000) }],
    ["an empty text", { Name: "" }, { name: null }],
    ["no part about the subscriber", { SelfInfo: undefined }, { subscribedAt: null }],
    ["a field nobody knows", { Verified: true, SelfInfo: { Muted: 1 } }, { name: ROW?.Name }],
  ])("takes %s", (_, row, expected) => {
    expect(parsed(row)).toMatchObject(expected);
  });

  it.each([
    ["a negative count", { SubscriberNum: -1 }, "[0].SubscriberNum"],
    ["a fraction", { SubscriberNum: 1.5 }, "[0].SubscriberNum"],
    ["a count that lost digits", { SubscriberNum: 2 ** 53 }, "[0].SubscriberNum"],
    ["a count in words", { SubscriberNum: "many" }, "[0].SubscriberNum"],
    ["a time no calendar holds", { LastMsgTime: 9e12 }, "[0].LastMsgTime"],
    ["a row without an id", { Official_Account: undefined }, "[0].Official_Account"],
    ["an empty id", { Official_Account: "" }, "[0].Official_Account"],
    ["a name that is no text", { Name: { text: "x" } }, "[0].Name"],
  ])("refuses %s and says where", (_, row, where) => {
    expect(() => parsed(row)).toThrow(`OfficialAccountInfoList${where}`);
  });

  it.each(["TotalCount", "CompleteFlag"])("refuses an answer without %s", (key) => {
    const { [key]: _, ...rest }: Record<string, unknown> = SAMPLE;
    expect(() => parseAnswer(WIRE.subscriptionPage, rest)).toThrow(ChatApiError);
  });

  it("never quotes a value in the error: it belongs to a subscriber", () => {
    expect(() => parsed({ SubscriberNum: "secret-value" })).not.toThrow("secret-value");
  });
});

describe("the filters", () => {
  it("ask for exactly the fields", () => {
    expect(channelFilter(["subscriberCount", "name"])).toEqual(["Name", "SubscriberNum"]);
    expect(channelFilter(FIELDS)).toHaveLength(9);
    expect(subscriptionFilter(FIELDS)).toEqual(["SubscribeTime", "CustomString"]);
  });

  it("are never empty", () => {
    expect(channelFilter([])).toEqual(["Name"]);
    expect(subscriptionFilter(["name"])).toEqual(["SubscribeTime"]);
  });

  it("have something that may be asked for where there is nothing to ask", () => {
    const readable = ["ownerId", "subscriberCustomString"] as const;
    expect(channelFilter(["subscriberCustomString"], readable)).toEqual(["Owner_Account"]);
    expect(subscriptionFilter([], readable)).toEqual(["CustomString"]);
    expect(() => subscriptionFilter([], ["name"])).toThrow("may be asked for");
  });

  it("hold for what comes back too", () => {
    expect(pickFields({ channelId: "a", name: "A", customString: "x" }, ["name"])).toEqual({
      channelId: "a",
      name: "A",
    });
  });
});
