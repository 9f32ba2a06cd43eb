import { describe, expect, it } from "vitest";
import { ChatApiError } from "./errors";
import { FIELDS } from "./types";
import { channelFilter, parseAnswer, readRow, subscriptionFilter, WIRE } from "./wire";

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
const parsed = (row: object) => readRow({ ...ROW, ...row });

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
    ["a negative count", { SubscriberNum: -1 }, ["subscriberCount"]],
    ["an empty count", { SubscriberNum: "" }, ["subscriberCount"]],
    ["a count in words", { SubscriberNum: "N/A" }, ["subscriberCount"]],
    ["a fraction", { SubscriberNum: 1.5 }, ["subscriberCount"]],
    ["a fraction as text", { SubscriberNum: "1.5" }, ["subscriberCount"]],
    ["a count of 64 bits", { SubscriberNum: 2 ** 64 - 1 }, ["subscriberCount"]],
    ["a count of 64 bits as text", { SubscriberNum: "18446744073709551615" }, ["subscriberCount"]],
    ["a count that lost digits", { SubscriberNum: 2 ** 53 }, ["subscriberCount"]],
    ["a boolean count", { SubscriberNum: true }, ["subscriberCount"]],
    ["a count in a list", { SubscriberNum: [5] }, ["subscriberCount"]],
    ["a negative time", { LastMsgTime: -1 }, ["lastMessageAt"]],
    ["a time in milliseconds", { LastMsgTime: 1_698_894_911_000 }, ["lastMessageAt"]],
    ["a time in milliseconds as text", { CreateTime: "1698894911000" }, ["createdAt"]],
    ["a time in microseconds", { CreateTime: 1_698_894_911_000_000 }, ["createdAt"]],
    ["a time in words", { CreateTime: "2023-11-02" }, ["createdAt"]],
    ["a time that no calendar holds", { LastMsgTime: 9e12 }, ["lastMessageAt"]],
    ["a numeric name", { Name: 12345 }, ["name"]],
    ["a numeric owner", { Owner_Account: 107867 }, ["ownerId"]],
    ["a name that is an object", { Name: { text: "x" } }, ["name"]],
    ["a boolean text", { Organization: false }, ["organization"]],
    ["a list in place of a text", { CustomString: [] }, ["customString"]],
    ["a numeric address", { FaceUrl: 0 }, ["avatarUrl"]],
    ["a numeric introduction", { Introduction: 1 }, ["introduction"]],
    [
      "a list as the subscriber's part",
      { SelfInfo: [] },
      ["subscribedAt", "subscriberCustomString"],
    ],
    [
      "a text as the subscriber's part",
      { SelfInfo: "" },
      ["subscribedAt", "subscriberCustomString"],
    ],
    ["an odd time of the subscriber", { SelfInfo: { SubscribeTime: -1 } }, ["subscribedAt"]],
    [
      "an odd text of the subscriber",
      { SelfInfo: { CustomString: 7 } },
      ["subscriberCustomString"],
    ],
    ["two odd values", { Name: 1, SubscriberNum: -1 }, ["name", "subscriberCount"]],
  ] as const)("marks %s as unreadable and keeps the rest of the row", (_, row, unreadable) => {
    const whole = parsed({});
    const kept = Object.entries(whole ?? {}).filter(
      ([field]) => !unreadable.some((name) => name === field),
    );
    const expected: Record<string, unknown> = { ...Object.fromEntries(kept), unreadable };
    if ("SelfInfo" in row && !Array.isArray(row.SelfInfo) && typeof row.SelfInfo === "object") {
      for (const field of ["subscribedAt", "subscriberCustomString"]) {
        if (field in expected) expected[field] = null;
      }
    }
    expect(parsed(row)).toEqual(expected);
  });

  it.each([
    ["has no id", { ...ROW, Official_Account: undefined }],
    ["has an empty id", { ...ROW, Official_Account: "" }],
    ["has a numeric id", { ...ROW, Official_Account: 12 }],
    ["is null", null],
    ["is a text", "@TOA#_x"],
    ["is a list", [ROW]],
  ])("gives no row where one %s", (_, row) => {
    expect(readRow(row)).toBeNull();
  });

  it.each(["TotalCount", "CompleteFlag"])("refuses an answer without %s", (key) => {
    const { [key]: _, ...rest }: Record<string, unknown> = SAMPLE;
    expect(() => parseAnswer(WIRE.subscriptionPage, rest)).toThrow(ChatApiError);
  });

  it("never quotes a value in the error: it belongs to a subscriber", () => {
    const answer = { ...SAMPLE, TotalCount: "secret-value" };
    const parse = () => parseAnswer(WIRE.subscriptionPage, answer);
    expect(parse).toThrow("TotalCount");
    expect(parse).not.toThrow("secret-value");
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
    const wire = { Official_Account: "a", Name: "A", CustomString: "x", SubscriberNum: -1 };
    expect(readRow(wire, ["name"])).toEqual({ channelId: "a", name: "A" });
  });
});
