import { describe, expect, it } from "vitest";
import {
  isViewQuery,
  MAX_VIEW_NAME,
  MAX_VIEW_QUERY,
  tidyViewName,
  VIEW_PARAMS,
  visibleViewQuery,
} from "./view-query";

const queryOf = (length: number) => `q=${"x".repeat(length - 2)}`;

describe("isViewQuery", () => {
  it.each([
    ["nothing", "", true],
    ["columns, order and size", "fields=name,ownerId&sort=-subscriberCount&size=100", true],
    ["a search and filters", "q=a%26b&name=contains:foo&channelId=is:x&lastMessageAt=empty", true],
    ["a question mark before", "?fields=name", true],
    ["the longest", queryOf(MAX_VIEW_QUERY), true],
    ["one too long", queryOf(MAX_VIEW_QUERY + 1), false],
    ["who is looked up", "fields=name&subscriber=107867", false],
    ["an app", "app=demo", false],
    ["a place in the list", "offset=50", false],
    ["a drawer", "row=@TOA%23_a", false],
    ["a question", "follows=x", false],
    ["the whole set", "whole=1", false],
    ["a strange name", "fields=name&__proto__=x", false],
    ["another's case", "Fields=name", false],
    ["a name twice", "q=a&q=b", false],
    ["what no database takes", "q=\0", false],
  ])("%s: %#", (_case, query, expected) => {
    expect(isViewQuery(query, VIEW_PARAMS)).toBe(expected);
  });
});

it.each([
  ["fields=name,subscriberCustomString&q=a", "fields=name&q=a"],
  ["subscriberCustomString=is%3Anote&name=contains%3Aa", "name=contains%3Aa"],
  ["sort=-subscriberCustomString,name&size=20", "sort=name&size=20"],
  ["fields=name&sort=-name&channelId=is%3Ax", "fields=name&sort=-name&channelId=is%3Ax"],
])("%s says nothing of a hidden field", (query, expected) => {
  expect(visibleViewQuery(query, ["name", "ownerId"])).toBe(expected);
});

describe("tidyViewName", () => {
  it.each([
    ["a name", "Silent channels", "Silent channels"],
    ["blanks around and within", "  Silent \t\n channels ", "Silent channels"],
    ["controls", "a\u0000b\u007fc", "a b c"],
    ["another composition", "cafe\u0301", "caf\u00e9"],
    ["half a character", "a\ud800", "a\ufffd"],
    ["foreign letters", "조용한 채널 静かな", "조용한 채널 静かな"],
    ["the longest", "x".repeat(MAX_VIEW_NAME), "x".repeat(MAX_VIEW_NAME)],
    ["one too long", "x".repeat(MAX_VIEW_NAME + 1), null],
    ["nothing", "", null],
    ["blanks", " \n\u3000 ", null],
    ["what cannot be seen", "\u200b\u2060\u2800\u3164", null],
  ])("%s", (_case, typed, name) => {
    expect(tidyViewName(typed)).toBe(name);
  });
});
