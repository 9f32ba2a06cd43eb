import { describe, expect, it } from "vitest";
import { parseRequestBody } from "./request-body";
import { FIELDS } from "./types";
import { channelFilter, subscriptionFilter } from "./wire";

const SAMPLE = `{
"Subscriber_Account": "107867", //Subscriber
"Limit": 200,
"Offset": 0,
"ResponseFilter":{ //Filter fields
"OfficialAccountBaseInfoFilter":[ //Filter fields for official channel information
"CreateTime",
"Name",
"Owner_Account",
"LastMsgTime",
"SubscriberNum",
"Introduction",
"FaceUrl",
"Organization",
"CustomString"
],
"SelfInfoFilter":[ //Filter fields for subscriber information
"SubscribeTime",
"CustomString"
]
}
}`;

const request = (values: object) =>
  parseRequestBody(JSON.stringify({ Subscriber_Account: "107867", ...values }));

describe("parseRequestBody", () => {
  it("reads the vendor's sample with its comments", () => {
    expect(parseRequestBody(SAMPLE)).toEqual({
      subscriberId: "107867",
      fields: FIELDS,
      offset: 0,
      size: 200,
    });
  });

  it("reads what the desk itself sends, field by field", () => {
    for (const field of FIELDS) {
      const filter = {
        OfficialAccountBaseInfoFilter: channelFilter([field]),
        SelfInfoFilter: subscriptionFilter([field]),
      };
      expect(request({ ResponseFilter: filter })?.fields).toContain(field);
    }
  });

  it.each([
    ["no filter means all", {}, null],
    [
      "an absent group means all of it",
      { OfficialAccountBaseInfoFilter: ["Name"] },
      ["name", "subscribedAt", "subscriberCustomString"],
    ],
    [
      "an empty group means none of it",
      { OfficialAccountBaseInfoFilter: ["Name"], SelfInfoFilter: [] },
      ["name"],
    ],
    [
      "unknown names are left out",
      { OfficialAccountBaseInfoFilter: ["Name", "Colour"], SelfInfoFilter: [7] },
      ["name"],
    ],
    [
      "what is no list is no filter",
      { OfficialAccountBaseInfoFilter: "Name", SelfInfoFilter: null },
      null,
    ],
  ])("%s", (_, filter, fields) => {
    expect(request({ ResponseFilter: filter })?.fields).toEqual(fields);
  });

  it.each([
    [{}, 0, 200],
    [{ Limit: 50, Offset: 150 }, 150, 50],
    [{ Limit: 1000, Offset: 1e300 }, 999_999_999, 200],
    [{ Limit: 0, Offset: -5 }, 0, 1],
    [{ Limit: "50", Offset: null }, 0, 200],
  ])("keeps %j in bounds", (values, offset, size) => {
    expect(request(values)).toMatchObject({ offset, size });
  });

  it("takes comments and last commas out, but not out of strings", () => {
    const text = `/* who */ {"Subscriber_Account": "a//b,]/*c*/", "Limit": 20, }`;
    expect(parseRequestBody(text)).toMatchObject({ subscriberId: "a//b,]/*c*/", size: 20 });
  });

  it("takes a number for an id only while it holds every digit", () => {
    expect(parseRequestBody('{"Subscriber_Account": 107867}')?.subscriberId).toBe("107867");
    expect(parseRequestBody('{"Subscriber_Account": 1234567890123456789}')).toBeNull();
  });

  it.each([
    "",
    "null",
    "107867",
    "[]",
    "{}",
    '{"Subscriber_Account": null}',
    '{"Subscriber_Account": ["1"]}',
    '{"Subscriber_Account": "1"',
    "[".repeat(60_000),
    `{"Subscriber_Account": "1", "x": "${"x".repeat(70_000)}"}`,
  ])("is null for %.40j", (text) => {
    expect(parseRequestBody(text)).toBeNull();
  });

  it.each(['"\\', "/*", '{"', "/", ",", "\\", ", "])(
    "takes %j over and over in its stride",
    (part) => {
      const started = performance.now();
      expect(parseRequestBody(`{${part.repeat(65_000 / part.length)}`)).toBeNull();
      expect(performance.now() - started).toBeLessThan(1000);
    },
  );
});
