import { describe, expect, it } from "vitest";
import { MAX_VIEW_NAME, tidyViewName } from "./view-name";

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
