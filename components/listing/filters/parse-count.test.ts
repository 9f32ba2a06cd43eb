import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { locales } from "@/lib/messages/locales";
import { parseCount } from "./parse-count";

describe("parseCount", () => {
  it.each([
    ["0", 0],
    ["1,000", 1000],
    ["12,345,678", 12_345_678],
    [" 1 000 ", 1000],
    ["1\u202f000", 1000],
    ["1'000", 1000],
    ["１，２３４", 1234],
    ["１．５ｋ", 1500],
    ["1.5k", 1500],
    ["1.5 K", 1500],
    ["2M", 2_000_000],
    ["3万", 30_000],
    ["1.5만", 15_000],
    ["1.1億", 110_000_000],
    ["2亿", 200_000_000],
    ["007", 7],
  ])("%j is %d", (text, count) => {
    expect(parseCount(text)).toBe(count);
  });

  it.each([
    "",
    " ",
    "-1",
    "+1",
    "1.5",
    "1.500",
    "1,5",
    "1,5k",
    "1,00",
    "1,0000",
    "1.2345k",
    "1e3",
    "0x10",
    "k",
    "1kk",
    "∞",
    "9007199254740993",
    "ten",
  ])("%j is none", (text) => {
    expect(parseCount(text)).toBeNull();
  });

  it("reads back what any of our languages writes, in either width", () => {
    const counts = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(counts, fc.constantFrom(...locales), fc.boolean(), (count, locale, isWide) => {
        const written = new Intl.NumberFormat(locale).format(count);
        const wide = written.replace(/[\d,]/g, (sign) =>
          String.fromCharCode(sign.charCodeAt(0) + 0xfee0),
        );
        expect(parseCount(isWide ? wide : written)).toBe(count);
      }),
    );
  });

  it("gives a whole number from 0 on or none, whatever is typed", () => {
    const anything = fc.oneof(fc.string(), fc.stringMatching(/^[\d,. k万억-]{0,20}$/u));
    fc.assert(
      fc.property(anything, (text) => {
        const count = parseCount(text);
        expect(count === null || (Number.isSafeInteger(count) && count >= 0)).toBe(true);
      }),
    );
  });
});
