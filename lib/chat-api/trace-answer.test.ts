import { describe, expect, it } from "vitest";
import { hideUnasked, shownOf } from "./trace";
import { FIELDS } from "./types";

const asked = {
  ResponseFilter: {
    OfficialAccountBaseInfoFilter: ["Name", "SubscriberNum"],
    SelfInfoFilter: ["SubscribeTime"],
  },
};
const shown = shownOf(asked, FIELDS);
const hide = (answer: unknown, what = shown) =>
  JSON.parse(hideUnasked(JSON.stringify(answer, null, 2), what));
const NOTE = "[not requested]";
const list = (...rows: unknown[]) => ({ OfficialAccountInfoList: rows });

describe("what the vendor sent unasked", () => {
  it.each<[string, unknown, unknown]>([
    ["in a row", { Name: "x", CustomString: "secret" }, { Name: "x", CustomString: NOTE }],
    [
      "about the subscriber",
      { SelfInfo: { SubscribeTime: 1, CustomString: "secret" } },
      {
        SelfInfo: { SubscribeTime: 1, CustomString: NOTE },
      },
    ],
    [
      "deep inside",
      { Verified: { By: ["secret", { Level: 3 }] }, Name: "x" },
      {
        Verified: NOTE,
        Name: "x",
      },
    ],
    ["in a name", { '{"secret":1}': 1, Name: "x" }, { "[unknown]": NOTE, Name: "x" }],
    ["in place of a record", { SelfInfo: "secret" }, { SelfInfo: NOTE }],
    ["as nothing", { SelfInfo: null, Name: null }, { SelfInfo: null, Name: null }],
    [
      "under a name of the language",
      { __proto__: null, constructor: "secret" },
      {
        constructor: NOTE,
      },
    ],
    [
      "not at all",
      { Name: { any: ["thing"] }, SelfInfo: {} },
      {
        Name: { any: ["thing"] },
        SelfInfo: {},
      },
    ],
  ])("is hidden %s", (_, row, expected) => {
    const id = { Official_Account: "@TOA#_x" };
    const answer = list({ ...id, ...(row as object) }, {}, []);
    expect(hide(answer)).toEqual(list({ ...id, ...(expected as object) }, {}, []));
  });

  it("is hidden beside the rows", () => {
    const answer = {
      ActionStatus: "OK",
      ErrorCode: 0,
      TotalCount: 1,
      Padding: ["secret"],
      Next: 0,
    };
    expect(hide(answer)).toEqual({ ...answer, Padding: NOTE });
  });

  it("is hidden when the answer is no record at all", () => {
    expect(hide("secret")).toBe(NOTE);
    expect(hide(["secret", 1])).toEqual([NOTE, NOTE]);
  });

  it("is what a role may not see, though the request names it", () => {
    const answer = list({ Name: "x", SelfInfo: { SubscribeTime: 1 } });
    expect(hide(answer, shownOf(asked, ["name"]))).toEqual(
      list({ Name: "x", SelfInfo: { SubscribeTime: NOTE } }),
    );
  });

  it("is nothing when everything was asked for", () => {
    const answer = list({ CustomString: "x", SelfInfo: { CustomString: "y" } });
    expect(hide(answer, shownOf({}, FIELDS))).toEqual(answer);
  });
});

describe("what was asked for", () => {
  it("keeps every digit and every sign of its text", () => {
    const text =
      '{"OfficialAccountInfoList":[{"SubscriberNum":90071992547409931.50,"Name":"a\\u200b\\"]}"}]}';
    expect(hideUnasked(text, shown)).toBe(text);
  });

  it("may be as deep as it likes", () => {
    const deep = `${"[".repeat(100_000)}1${"]".repeat(100_000)}`;
    const answer = `{"OfficialAccountInfoList":[{"Verified":${deep},"Name":${deep}}]}`;
    expect(hideUnasked(answer, shown)).toBe(
      `{"OfficialAccountInfoList":[{"Verified":"${NOTE}","Name":${deep}}]}`,
    );
  });
});
