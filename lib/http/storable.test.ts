import { expect, test } from "vitest";
import { storable, storableEncoded } from "./storable";

test.each<[unknown, unknown]>([
  ["u\0x", "ux"],
  ["\0", ""],
  ["a\ud800b\udfffc", "abc"],
  ["\udc00\ud800", ""],
  ["📰 新闻", "📰 新闻"],
  ["\u0001\ufffd\uffff", "\u0001\ufffd\uffff"],
  [
    ["a\0", ["\0b"]],
    ["a", ["b"]],
  ],
  [
    { id: "a\0", ids: ["\ud800"], "k\0": { n: 1 } },
    { id: "a", ids: [""], k: { n: 1 } },
  ],
])("of %j the desk takes %j", (given, taken) => {
  expect(storable(given)).toEqual(taken);
});

test("what is no text, list or plain object stays as it is", () => {
  const date = new Date(0);
  for (const value of [1, null, undefined, true, date, new Map([["a", "\0"]])]) {
    expect(storable(value)).toBe(value);
  }
});

test("a key that is special in scripts is a key like others", () => {
  const given: unknown = JSON.parse('{"__proto__":{"a":"b\\u0000"}}');
  expect(Object.keys(Object(storable(given)))).toEqual(["__proto__"]);
  expect(Object.getPrototypeOf(storable(given))).toBe(Object.prototype);
});

test.each([
  ["/lookup?app=demo&subscriber=u%00x", "/lookup?app=demo&subscriber=ux"],
  ["/people?q=%00", "/people?q="],
  ["/lookup?subscriber=%0%000&b=%00", "/lookup?subscriber=&b="],
  ["/lookup?subscriber=%2500", "/lookup?subscriber=%2500"],
  ["/lookup?subscriber=%F0%9F%93%B0", "/lookup?subscriber=%F0%9F%93%B0"],
])("the address %s is taken as %s", (given, taken) => {
  expect(storableEncoded(given)).toBe(taken);
});
