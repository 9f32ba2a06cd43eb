import { describe, expect, it } from "vitest";
import { secretForms } from "../testing/secret-forms";
import { EchoFilter } from "./echo-filter";
import { signUserSig } from "./user-sig";

const ADMIN = "canary-administrator/7";
const KEY = { sdkAppId: 1400000001, adminId: ADMIN, secretKey: "k".repeat(64) };
const userSig = signUserSig(KEY, 1_700_000_000, 86_400);
const filter = new EchoFilter({ userSig, adminId: ADMIN });
const clean = (value: unknown) => filter.clean(JSON.stringify(value));

const query = new URLSearchParams({ sdkappid: "1400000001", identifier: ADMIN, usersig: userSig });
const base64 = (text: string) => Buffer.from(text).toString("base64");
const inNumbers = (text: string) =>
  text.replace(/./g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`);
const middle = Math.floor(userSig.length / 2);

describe("an answer that echoes the address", () => {
  it.each<[string, unknown]>([
    ["the signature", userSig],
    ["the query", query.toString()],
    ["the parameters", Object.fromEntries(query)],
    ["the parameters as keys", { [userSig]: 1, [`identifier=${ADMIN}`]: 2 }],
    ["the parameters as pairs", [...query]],
    ["JSON in text", JSON.stringify(Object.fromEntries(query))],
    ["JSON in text in text", JSON.stringify(JSON.stringify(Object.fromEntries(query)))],
    ["an encoded address", encodeURIComponent(query.toString())],
    ["an address encoded twice", encodeURIComponent(encodeURIComponent(query.toString()))],
    ["every sign encoded", userSig.replace(/[*_-]/g, (it) => `%${it.charCodeAt(0).toString(16)}`)],
    ["the standard alphabet", userSig.replaceAll("*", "+").replaceAll("-", "/")],
    ["two halves", [userSig.slice(0, middle), userSig.slice(middle)]],
    ["lines of 76", userSig.match(/.{1,76}/g)?.join("\n")],
    ["pieces of 20", userSig.match(/.{1,20}/g)],
    ["base64", base64(userSig)],
    ["base64 of the query", base64(query.toString())],
    ["base64 of another place", [base64(`a${query}`), base64(`ab${query}`), base64(`abc${query}`)]],
    ["the administrator in a sentence", { ErrorInfo: `the account ${ADMIN} is blocked` }],
    ["the administrator by name", `TLS.identifier: '${ADMIN}'`],
  ])("as %s holds none of it any more", (_, echo) => {
    const before = JSON.stringify(echo);
    const after = clean(echo);
    expect(after).not.toBe(before);
    expect(JSON.parse(after)).toBeDefined();
    for (const secret of [userSig, ADMIN]) {
      for (const form of secretForms(secret)) expect(after).not.toContain(form);
    }
    // No piece of the signature that is long enough to be told from chance.
    for (let at = 0; at + 12 <= userSig.length; at++) {
      expect(after).not.toContain(userSig.slice(at, at + 12));
    }
  });

  it("in numbers of letters holds none of it either", () => {
    const after = filter.clean(`{"Name":"${inNumbers(`identifier=${ADMIN}&usersig=${userSig}`)}"}`);
    expect(JSON.parse(after)).toEqual({ Name: "identifier=[administrator]&usersig=[signature]" });
  });
});

describe("an answer that echoes nothing", () => {
  it.each([
    ["the administrator as an owner", `{"Owner_Account":"${ADMIN}","Name":"${ADMIN}"}`],
    ["words in vendor's spelling", '{"OfficialAccountInfoList":[{"Official_Account":"@TOA#_x"}]}'],
    ["a long text in base64", `{"CustomString":"${base64("nothing of the kind ".repeat(20))}"}`],
    ["escapes of quotes and controls", '{"Name":"a\\u0022\\u005c\\u0000\\n\\\\/b"}'],
    ["numbers with many digits", '{"SubscriberNum":12345678901234567890123456789}'],
  ])("stays as it is: %s", (_, answer) => {
    expect(filter.clean(answer)).toBe(answer);
  });

  it("means the same where letters were written as numbers", () => {
    const answer = '{"Name":"\\u003cb\\u003e \\\\u0041 \\/","a\\u0022b":1}';
    expect(JSON.parse(filter.clean(answer))).toEqual(JSON.parse(answer));
  });

  it("keeps a short administrator's id out of sentences only by its name", () => {
    const short = new EchoFilter({ userSig, adminId: "one" });
    const answer = '{"ErrorInfo":"one of many, but identifier=one"}';
    expect(short.clean(answer)).toBe('{"ErrorInfo":"one of many, but identifier=[administrator]"}');
  });
});
