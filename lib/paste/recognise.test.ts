import { describe, expect, it } from "vitest";
import { protectCell } from "@/lib/export/spreadsheet-cell";
import { MAX_PASTE, recognise } from "./recognise";

const subscriber = (id: string) => ({ kind: "subscriber", id });
const several = (ids: string[], ignored = 0, duplicates = 0) => ({
  kind: "subscribers",
  ids,
  total: ids.length,
  ignored,
  duplicates,
});
const nothing = { kind: "nothing" };

describe("one id", () => {
  it.each([
    ["107867", "107867"],
    ["  107867 \r\n", "107867"],
    ["\ufeff\u200b107867\u200b", "107867"],
    ['"107867"', "107867"],
    ["'107867'", "107867"],
    ["`107867`", "107867"],
    ["“107867”", "107867"],
    ["‘107867’", "107867"],
    ["« 107867 »", "107867"],
    ["「107867」", "107867"],
    ['"107867",', "107867"],
    ["107867;", "107867"],
    ["UserID: 107867", "107867"],
    ["user_id=107867", "107867"],
    ["id: 107867", "107867"],
    ["订阅者 ID：107867", "107867"],
    ["구독자 ID: 107867", "107867"],
    ["登録者ID：107867", "107867"],
    ['"Subscriber_Account": "107867",', "107867"],
    ['"UserID":"0012"', "0012"],
    ["UserID\n107867\n", "107867"],
    ["107867\n107867", "107867"],
    ["'0012", "0012"],
    ["'1234567890123456789", "1234567890123456789"],
    ['"\'0012"', "0012"],
    ["'-x", "-x"],
    // What stays, since an id may hold it.
    ["O'Brien", "O'Brien"],
    ["'Brien", "'Brien"],
    ["''Brien", "'Brien"],
    ['O"Brien', 'O"Brien'],
    ["user name", "user name"],
    ["id:5", "id:5"],
    ["a:b=c", "a:b=c"],
    ["{abc}", "{abc}"],
    ["[abc]", "[abc]"],
    // Quotes take a text at its word.
    ['"a,b"', "a,b"],
    ['"UserID: 5"', "UserID: 5"],
  ])("of %j is %s", (text, id) => {
    expect(recognise(text)).toEqual(subscriber(id));
  });

  it.each(["", "   ", '""', "用户", "a".repeat(33), "naïve", "\u200b"])("is not in %j", (text) => {
    expect(recognise(text)).toEqual(nothing);
  });
});

describe("several ids", () => {
  it.each([
    ["a line each", "107867\n107868\r\n107869\n"],
    ["a column with its header", "UserID\n107867\n107868\n107869"],
    ["a row of a spreadsheet", "107867\t107868\t107869"],
    ["a list with commas", "107867, 107868,107869,"],
    ["a list with semicolons", "107867;107868; 107869"],
    ["a list with wide commas", "107867，107868、107869"],
    ["quoted cells", '"107867","107868"\n"107869"'],
    ["a JSON array", '["107867", "107868", 107869]'],
    [
      "a table by its header",
      "Name\tUser ID\tNote\nDoe, J\t107867\t1\nRoe\t107868\t2\nPoe\t107869\t3",
    ],
    ["a CSV table by its header", 'Name,UserID\n"Doe, J",107867\nRoe,107868\nPoe,107869'],
    ["labels", '"UserID": "107867",\n"UserID": "107868",\n"UserID": "107869"'],
  ])("%s", (_, text) => {
    expect(recognise(text)).toEqual(several(["107867", "107868", "107869"]));
  });

  it("keeps what is an id's own, and takes off what an export set", () => {
    expect(recognise('\'0012\nO\'Brien\n"a,b"\n\'@me\n"user name"')).toEqual(
      several(["0012", "O'Brien", "a,b", "@me", "user name"]),
    );
  });

  it("counts repeated ids", () => {
    expect(recognise('107867\n107868\n"107867"\n107869\n"107869"\n')).toEqual(
      several(["107867", "107868", "107869"], 0, 2),
    );
    const table =
      "Jane\tuser-5\tjane@a.example\nJoe\tuser-6\tjoe@a.example\nJan\tuser-5\tj@a.example";
    expect(recognise(table)).toEqual(several(["user-5", "user-6"], 6, 1));
  });

  it("says how many cells are no ids", () => {
    expect(recognise("1\n2\n@TOA#_x\n用户")).toEqual(several(["1", "2"], 2));
  });

  it("shows at most 500 and counts all", () => {
    const ids = Array.from({ length: 1234 }, (_, index) => `user-${index}`);
    expect(recognise(ids.join("\n"))).toEqual({
      kind: "subscribers",
      ids: ids.slice(0, 500),
      total: 1234,
      ignored: 0,
      duplicates: 0,
    });
  });

  it.each([
    "Hello, can you check it, he does not see the channel",
    "@TOA#_a\n@TOA#_b",
    "@TOA#_a, @TOA#_b",
    '{"Name": "x",\n"Count": 3,\n"Other": "y"}',
    '[{"UserID": "1"}, {"UserID": "2"}]',
  ])("are not in %j", (text) => {
    expect(recognise(text)).toEqual(nothing);
  });
});

describe("a formatted number", () => {
  it.each([
    ["107,867", "grouped", ["107867", "107", "867"]],
    ["107,867,", "grouped", ["107867", "107", "867"]],
    ["UserID: 107,867", "grouped", ["107867", "107", "867"]],
    ['"107,867"', "grouped", ["107867", "107,867"]],
    ["1,107,867", "grouped", ["1107867", "1", "107", "867"]],
    ["107.867", "grouped", ["107867", "107.867"]],
    ["107'867", "grouped", ["107867", "107'867"]],
    ["107 867", "grouped", ["107867", "107 867"]],
    ["UserID\n107,867\n107,868", "grouped", ["107867", "107868", "107", "867", "868"]],
    ["107,867\t1,204", "grouped", ["107867", "1204", "107,867", "1,204"]],
    ["1.07867E+05", "shortened", ["107867", "1.07867E+05"]],
    ["1.078670e+5", "shortened", ["107867", "1.078670e+5"]],
    ["1,07867E+05", "shortened", ["107867", "1,07867E+05"]],
    ["1.07867E+05\n1.07868E+05", "shortened", ["107867", "107868", "1.07867E+05", "1.07868E+05"]],
    ["1.079E+05", "rounded", ["1.079E+05"]],
    ["1.078675E+05", "rounded", ["1.078675E+05"]],
    ["1E+05", "rounded", ["1E+05"]],
    ["1.234567890123456E+15", "rounded", ["1.234567890123456E+15"]],
  ])("%j is %s and may mean %j", (text, reason, ids) => {
    expect(recognise(text)).toEqual({ kind: "doubtful", reason, ids });
  });

  it.each(["107\u00a0867", "107\u2009867", "107\u202f867", "107’867"])(
    "%j can only mean one id",
    (text) => {
      expect(recognise(text)).toEqual(subscriber("107867"));
    },
  );

  it.each(["1e5", "12.5", "10.0.0.1", "0.123", "'107.867", "1.2.345"])("%j is none", (text) => {
    expect(recognise(text)).toEqual(subscriber(text.replace("'", "")));
  });

  it.each([
    ["107, 867", ["107", "867"]],
    ["1,2", ["1", "2"]],
    ["1,867,12", ["1", "867", "12"]],
  ])("%j is a list", (text, ids) => {
    expect(recognise(text)).toEqual(several(ids));
  });
});

describe("a row of different things", () => {
  it.each([
    "Jane\tuser-5\tjane@example.com\t2026-11-01",
    "user-5\tJane",
    "Jane,user-5,jane@example.com,2026-11-01",
    "jane@example.com\tuser-5\t1-Nov-2026\t42",
    "Jane\tuser-5\t01.11.2026 10:00\t2026-11-01T10:00:00Z",
  ])("%j holds one id", (text) => {
    expect(recognise(text)).toEqual(subscriber("user-5"));
  });

  it("over several lines holds an id a line", () => {
    const text = "Jane\tuser-5\tj@example.com\t2026-11-01\nRoe\tuser-6\tr@example.com\t2026-11-02";
    expect(recognise(text)).toEqual(several(["user-5", "user-6"], 6));
  });

  it("takes an address that stands alone for an id, since an app may use addresses", () => {
    expect(recognise("jane@example.com")).toEqual(subscriber("jane@example.com"));
    expect(recognise("a@example.com\nb@example.com")).toEqual(
      several(["a@example.com", "b@example.com"]),
    );
    expect(recognise("a@example.com\nuser-5")).toEqual(several(["a@example.com", "user-5"]));
  });
});

describe("a sentence", () => {
  it.each([
    ["Customer user-44 says", ["user-44", "Customer user-44 says"]],
    ["Customer: user_44.", ["user_44", "Customer: user_44."]],
    ["ask (u107867) again", ["u107867", "ask (u107867) again"]],
    ["user-44 and user-45", ["user-44", "user-45", "user-44 and user-45"]],
  ])("%j mentions an id", (text, ids) => {
    expect(recognise(text)).toEqual({ kind: "doubtful", reason: "sentence", ids });
  });

  it("that is too long for an id mentions only one", () => {
    expect(recognise("Hello, can you check 107867, he does not see the channel")).toEqual(
      subscriber("107867"),
    );
  });

  it.each(["user name", "Jane Doe", "since 2026-11-01", "write jane@example.com"])(
    "%j mentions none",
    (text) => {
      expect(recognise(text)).toEqual(subscriber(text));
    },
  );
});

describe("a channel's id", () => {
  it.each([
    "@TOA#_shop",
    "'@TOA#_shop",
    '"@TOA#_shop"',
    " @TOA#_shop,",
    '"Official_Account": "@TOA#_shop"',
    "Channel ID: @TOA#_shop",
    protectCell("@TOA#_shop", true),
  ])("is in %j", (text) => {
    expect(recognise(text)).toEqual({ kind: "channel", id: "@TOA#_shop" });
  });
});

const BODY = `{"Subscriber_Account":"107867","Limit":50,"Offset":100,"ResponseFilter":{"OfficialAccountBaseInfoFilter":["Name"],"SelfInfoFilter":["SubscribeTime"]}}`;
const asked = { subscriberId: "107867", fields: ["name", "subscribedAt"], offset: 100, size: 50 };

describe("a request", () => {
  it.each([
    ["alone", BODY],
    ["with comments", BODY.replace(",", ", // who\n")],
    ["in a log line", `2026-01-01 request=${BODY}.`],
    ["in quotes", `'${BODY}'`],
  ])("%s", (_, text) => {
    expect(recognise(text)).toEqual({ kind: "request", ...asked });
  });

  it("for an id that cannot be one is nothing", () => {
    expect(recognise(BODY.replace("107867", "@TOA#_x"))).toEqual(nothing);
    expect(recognise(BODY.replace("107867", "用户"))).toEqual(nothing);
  });
});

const URL_OF_CALL =
  "https://console.tim.qq.com/v4/official_account_open_http_svc/get_subscribed_official_account_list?sdkappid=1400000001&identifier=administrator&usersig=eJw-canary*_&random=1&contenttype=json";
const escaped = (text: string) => text.replaceAll('"', '\\"');
const forCmd = (text: string) => escaped(text).replace(/["\\{}]/g, "^$&");

describe("a curl line", () => {
  it.each([
    ["in single quotes", `curl '${URL_OF_CALL}' -d '${BODY}'`],
    ["with its body first", `curl -d '${BODY}' "${URL_OF_CALL}"`],
    ["in double quotes", `curl -X POST "${URL_OF_CALL}" --data "${escaped(BODY)}"`],
    ["with an equals sign", `curl '${URL_OF_CALL}' --data-raw='${BODY}'`],
    ["with a body of its own kind", `curl --json '${BODY}' --url '${URL_OF_CALL}'`],
    ["glued", `curl '${URL_OF_CALL}' -d'${BODY}'`],
    [
      "in ANSI-C quotes",
      `curl '${URL_OF_CALL}' --data-binary $'${BODY.replace("{", "{\\n\\u0020\\x20")}'`,
    ],
    [
      "over lines",
      `$ curl '${URL_OF_CALL}' \\\n  -H 'Content-Type: application/json' \\\r\n  -d '${BODY}'`,
    ],
    [
      "of Windows",
      `curl.exe ^"${URL_OF_CALL.replaceAll("&", "^&")}^" ^\r\n  --data-raw ^"${forCmd(BODY)}^"`,
    ],
    ["of PowerShell", `curl.exe '${URL_OF_CALL}' \`\n  -d '${BODY}'`],
    ["with a file first", `curl '${URL_OF_CALL}' -d @body.json -d '${BODY}'`],
  ])("%s", (_, text) => {
    const recognised = recognise(text);
    expect(recognised).toEqual({ kind: "curl", sdkAppId: 1_400_000_001, ...asked });
    expect(JSON.stringify(recognised)).not.toContain("canary");
  });

  it("may name no app", () => {
    expect(recognise(`curl http://127.0.0.1/ -d '${BODY}'`)).toMatchObject({ sdkAppId: null });
  });

  it.each([
    ["without a body", `curl '${URL_OF_CALL}'`],
    ["for nobody", `curl '${URL_OF_CALL}' -d '{"Limit": 1}'`],
    ["with half a body", `curl '${URL_OF_CALL}' -d '{`],
    ["with half an escape", `curl '${URL_OF_CALL}' -d "{\\`],
  ])("%s is nothing", (_, text) => {
    expect(recognise(text)).toEqual(nothing);
  });
});

describe("a link", () => {
  it.each([
    "/lookup?subscriber=107867&size=20",
    "https://desk.example.com/lookup?subscriber=107867&size=20",
    "http://127.0.0.1:3000/lookup/?subscriber=107867&size=20#content",
    '"https://desk.example.com/lookup?subscriber=107867&size=20"',
  ])("%s", (text) => {
    expect(recognise(text)).toEqual({ kind: "link", search: "?subscriber=107867&size=20" });
  });

  it.each([
    "https://example.com/search?subscriber=107867&size=20",
    "https://example.com/a/lookup?subscriber=107867",
    "javascript:alert(1)//lookup?subscriber=107867",
    URL_OF_CALL,
  ])("of another site is none: %s", (text) => {
    expect(recognise(text)).toEqual(nothing);
  });
});

describe("hostile text", () => {
  it("longer than a million characters is not read", () => {
    expect(recognise("1,".repeat(MAX_PASTE / 2))).toEqual(subscriber("1"));
    expect(recognise(`${"1,".repeat(MAX_PASTE / 2)}1`)).toEqual(nothing);
  });

  it.each([
    '"',
    "'",
    '""a',
    '"a,"',
    " ",
    "\n",
    "\t",
    ",",
    "{",
    "[",
    "\\",
    "/*",
    "^",
    "`\n",
    "$'",
    "\u200b",
    "a b,",
    "“",
    "curl ",
    "id: ",
    "'@",
  ])("%j over and over takes linear time", (part) => {
    const started = process.cpuUsage();
    const body = part.repeat(200_000 / part.length);
    for (const text of [body, `x${body}x`, `[${body}]`, `"${body}"`]) recognise(text);
    for (const text of [body, `${body}{`]) recognise(`curl ${text.slice(0, 65_000)}`);
    const { user } = process.cpuUsage(started);
    expect(user / 1e6).toBeLessThan(5);
  });
});
