import { describe, expect, it } from "vitest";
import { visibleText } from "./visible-text";

describe("visibleText", () => {
  it.each([
    ["plain", "plain"],
    ["新闻 📰 뉴스", "新闻 📰 뉴스"],
    ["👩‍👩‍👧 family", "👩‍👩‍👧 family"],
    ["a\u202egnp.exe", "a[U+202E]gnp.exe"],
    ["zero\u200bwidth\ufeff", "zero[U+200B]width[U+FEFF]"],
    ["nul\u0000 bell\u0007 del\u007f", "nul[U+0000] bell[U+0007] del[U+007F]"],
    ["two\nlines\tand tab", "two lines and tab"],
    ["tag\u{e0041}", "tag[U+E0041]"],
    ["half \ud83d pair", "half [U+D83D] pair"],
    ["filler\u3164", "filler[U+3164]"],
    ["❤️ heart", "❤️ heart"],
    [" \u00a0", "[U+0020][U+00A0]"],
    ["", ""],
    ["<script>alert(1)</script>", "<script>alert(1)</script>"],
  ])("shows %j as %j", (text, shown) => {
    expect(visibleText(text)).toBe(shown);
  });

  // In quadratic time these would take hours.
  it.each(["\n", "\t", "\0", "\u200b", " "])(
    "takes linear time for a million times %j",
    (character) => {
      const many = character.repeat(1_000_000);
      expect(visibleText(`a${many}b`).length).toBeGreaterThanOrEqual(many.length + 2);
      expect(visibleText(many).length).toBeGreaterThanOrEqual(8 * many.length);
    },
  );
});
