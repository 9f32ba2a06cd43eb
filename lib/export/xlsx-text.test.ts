import fc from "fast-check";
import { expect, it } from "vitest";
import { xlsxText } from "./spreadsheet-cell";

/** As spreadsheets read it. */
const read = (text: string) =>
  text.replace(/_x([\dA-Fa-f]{4})_/g, (_, unit) => String.fromCharCode(Number.parseInt(unit, 16)));

const piece = fc.oneof(
  fc.constantFrom("_", "x", "0041", "_x0041_", "x00e9_", "\u0001", "\r", "\ud800", "\uffff"),
  fc.string({ unit: "binary", maxLength: 3 }),
);

it("gives every text without NUL back", () => {
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join("").replaceAll("\0", "");
      expect(read(xlsxText(text).text)).toBe(text);
      expect(xlsxText(text).replacedCharacters).toBe(0);
    }),
    { numRuns: 2000 },
  );
});

it("has nothing that XML cannot hold or the library drops", () => {
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const { text } = xlsxText(pieces.join(""));
      expect(text).not.toMatch(/(?![\t\n])[\p{Cc}\p{Cs}\ufffd-\uffff\ufdd0-\ufdef]/u);
    }),
    { numRuns: 2000 },
  );
});

it.each(["__proto__", "constructor", "hasOwnProperty"])("makes %s a text like others", (name) => {
  const { text } = xlsxText(name);
  expect(text in {}).toBe(false);
  expect(read(text)).toBe(name);
});
