import { describe, expect, it } from "vitest";
import { foldedText, wellFormed } from "./folded-text";

describe("folded text", () => {
  it.each([
    ["Straße", "STRASSE"],
    ["ẞ", "ss"],
    ["İstanbul", "istanbul"],
    ["ısı", "ISI"],
    ["ΟΔΟΣ", "οδοσ"],
    ["οδος", "οδοσ"],
    ["ﬁnance", "FINANCE"],
    ["Ｎｅｗｓ　１", "news 1"],
    ["ｶﾞｰﾄﾞ", "ガード"],
    ["か\u3099", "が"],
    ["\u1112\u1161\u11ab", "한"],
    ["cafe\u0301", "CAFÉ"],
    ["ΐ", "Ϊ\u0301"],
    ["㎏", "KG"],
    ["a\ud83d", "A\ufffd"],
  ])("is the same for %j and %j", (one, other) => {
    expect(foldedText(one)).toBe(foldedText(other));
  });

  it.each([
    ["é", "e"],
    ["か", "カ"],
    ["か", "が"],
    ["国", "國"],
    ["한", "하"],
    ["👩", "👨"],
  ])("tells %j from %j", (one, other) => {
    expect(foldedText(one)).not.toBe(foldedText(other));
  });

  it("has no small letter, whatever the character, so that one can part texts", () => {
    const found: string[] = [];
    for (let code = 0; code <= 0x10ffff; code += 1) {
      const folded = foldedText(String.fromCodePoint(code));
      if (/[a-z]/.test(folded)) found.push(code.toString(16));
    }
    expect(found).toEqual([]);
  });

  it("keeps whole characters and replaces halves", () => {
    expect(wellFormed("👩\ud83d \udc69x")).toBe("👩\ufffd \ufffdx");
  });
});
