import { describe, expect, it } from "vitest";
import { chooseLocale } from "./locales";

describe("chooseLocale", () => {
  it.each([
    ["ja", "en", "ja"],
    ["xx", "ko-KR,ko;q=0.9,en;q=0.8", "ko"],
    [undefined, "zh-TW,zh;q=0.9", "zh-CN"],
    [undefined, "zh-Hans-CN", "zh-CN"],
    [undefined, "fr-FR, de;q=0.9, ja;q=0.4, en;q=0.2", "ja"],
    [undefined, "en;q=0.1, ko;q=0.7", "ko"],
    [undefined, "ja;q=0, fr", "en"],
    [undefined, "*", "en"],
    [undefined, ";;,q=,", "en"],
    [undefined, null, "en"],
    ["", "", "en"],
  ])("cookie %j and header %j give %s", (chosen, header, expected) => {
    expect(chooseLocale(chosen, header)).toBe(expected);
  });
});
