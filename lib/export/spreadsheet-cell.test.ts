import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { numberText, protectCell, unprotectCell } from "./spreadsheet-cell";

const signs = fc.constantFrom(
  ..."=+-@＝＋－＠﹢﹣﹦﹫'\t\r\n\0 \u00a0\u200b\ufeff\"0123456789.,;|\u2028eE",
);
const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.array(fc.oneof(signs, fc.string({ maxLength: 1 }))).map((parts) => parts.join("")),
);

describe("a protected cell", () => {
  it("gives its text back, whatever it was", () => {
    fc.assert(
      fc.property(anyText, fc.boolean(), (text, isId) => {
        expect(unprotectCell(protectCell(text, isId))).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it("is never the same for two texts", () => {
    fc.assert(
      fc.property(anyText, anyText, fc.boolean(), fc.boolean(), (one, other, a, b) => {
        fc.pre(one !== other);
        expect(protectCell(one, a)).not.toBe(protectCell(other, b));
      }),
      { numRuns: 2000 },
    );
  });

  it("never begins as a formula does", () => {
    fc.assert(
      fc.property(anyText, fc.boolean(), (text, isId) => {
        expect(protectCell(text, isId)).not.toMatch(
          /^[\s\0\u200b]*[=+\-@＝＋－＠﹢﹣﹦﹫]|^[\t\r\n]/,
        );
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    "=1+1",
    "+1",
    "-1",
    "@TOA#_test_mill_subscriber_OA",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "\t1",
    "\r1",
    "\n",
    "  =1+1",
    "\u00a0\u200b\ufeff@x",
    "'quoted",
    "''",
    '"=1+1',
  ])("has an apostrophe in front of %j", (text) => {
    expect(protectCell(text, false)).toBe(`'${text}`);
  });

  it.each([
    ["\u0001=1", "\u0001'=1"],
    ["Hello\n=1+1\n@SUM(1)", "Hello\n'=1+1\n'@SUM(1)"],
    ["n\r=2+2", "n\r'=2+2"],
    ["x;=1+cmd|'/C calc'!A0;y", "x;'=1+cmd|''/C calc'!A0;y"],
    ["\t=1", "'\t'=1"],
    ["x\t+1, -2", "x\t'+1,' -2"],
    ['x;"=1"', 'x;\'"=1"'],
    ["rock,'n roll", "rock,''n roll"],
  ])("has one in front of each piece of %j that a reader could run", (text, cell) => {
    expect(protectCell(text, false)).toBe(cell);
    expect(unprotectCell(cell)).toBe(text);
  });

  it.each([
    "",
    "News",
    "a;b, c",
    "O'Brien",
    "a=b",
    "1+1",
    " x",
    "“=1",
    "007",
    "1e5",
    "<b>",
    "𝟙",
    "12345678901234567890",
  ])("leaves the text %j alone", (text) => expect(protectCell(text, false)).toBe(text));

  it.each([
    ...["007", "00", "1e5", "3-4", "1.10", ".5", "2mar", "12:30", "5%", "5 pm", "1,5", "１２"],
    ...["123456789012", "123456789012345", "1234567890123456789", "107867 ", " 107867"],
    ...[
      "MAR1",
      "sept2",
      "Dec-25",
      "May 5",
      "SEP-07",
      "Jan.2024",
      "mar/5",
      "Fri, Mar 5",
      "2024 March",
    ],
    ...["Okt4", "Mai5", "März 5", "déc-25", "ene 5", "Янв 5"],
    ...["$5", "€ 5", "5€", "US$5", "R$5", "kr5", "CHF 5", "Rp5000", "₩5"],
    ...["(5)", "#N/A", "#REF!", "%5", "/5", "~"],
    ...["true", "FALSE", " True", "WAHR", "faux", "ЛОЖЬ"],
    ...["R5.3.1", "H30/1/1", "令和5年"],
    ...["192.168.100.100", "1.2.3"],
  ])("keeps the id %j from becoming a number, a date or a value", (id) => {
    expect(protectCell(id, true)).toBe(`'${id}`);
    expect(unprotectCell(`'${id}`)).toBe(id);
  });

  it.each([
    ...["107867", "0", "12345678901", "user-1", "", "a007", "shop_42", "u5", "truely", "N/A"],
    ...["marlin", "may", "decor-1", "192.0.2.7", "_1"],
  ])("leaves the id %j alone", (id) => expect(protectCell(id, true)).toBe(id));
});

it.each([
  [-0.23513503361754876, "-0.24"],
  [110.5, "110.5"],
  [-5, "-5"],
  [9007199254740991, "9007199254740991"],
  [-0.001, "0"],
])("a spreadsheet gets the number %d as %s", (value, text) => {
  expect(numberText(value)).toBe(text);
});
