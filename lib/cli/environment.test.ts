import { expect, it, test } from "vitest";
import { parseDotEnv, unsetVariables } from "./environment";

test.each([
  ["PASSWORD=abc#def", "abc#def"],
  ["PASSWORD=abc #def", "abc"],
  ["PASSWORD=abc\t# def", "abc"],
  ["PASSWORD=#abc", "#abc"],
  ["PASSWORD= # abc", ""],
  ["PASSWORD=a#b#c ##d", "a#b#c"],
  ['PASSWORD="abc # def" # a comment', "abc # def"],
  ["PASSWORD='abc # def'", "abc # def"],
  ['PASSWORD=`it\'s "abc" # def`', 'it\'s "abc" # def'],
  ['PASSWORD="two\\nlines"', "two\nlines"],
  ["PASSWORD='one\\nline'", "one\\nline"],
  ['PASSWORD="two\nlines#"', "two\nlines#"],
  ['PASSWORD={"a":"b#c"}', '{"a":"b#c"}'],
  ["export PASSWORD=abc", "abc"],
  ["\ufeffPASSWORD=abc\r\n", "abc"],
  ["# a comment\n#PASSWORD=no\nPASSWORD=abc#def\r\nOTHER=#", "abc#def"],
  ["PASSWORD=$HOME", "$HOME"],
])("%j says %j", (text, value) => {
  expect(parseDotEnv(text).PASSWORD).toBe(value);
});

it("blanks whatever configures a desk", () => {
  const blank = unsetVariables();
  expect(blank).toMatchObject({ APP_URL: "", CHAT_APPS: "", DATABASE_URL: "", PORT: "" });
  expect(new Set(Object.values(blank))).toEqual(new Set([""]));
});
