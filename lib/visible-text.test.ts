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
    ["<script>alert(1)</script>", "<script>alert(1)</script>"],
  ])("shows %j as %j", (text, shown) => {
    expect(visibleText(text)).toBe(shown);
  });
});
