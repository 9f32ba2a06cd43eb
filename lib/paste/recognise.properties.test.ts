import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { protectCell, unprotectCell } from "@/lib/export/spreadsheet-cell";
import { subscriberIdProblem } from "@/lib/subscriber-id";
import { recognise } from "./recognise";
import { isHeader } from "./unwrap";

const printable = fc.string({
  unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 1,
  maxLength: 32,
});

/** A number as a spreadsheet formats it, or words and digits: what may mean another id. */
const DOUBTFUL = /^\d{1,3}(?:[.' ]\d{3})+$|^\d(?:[.]\d+)?e\+|\s.*\d|\d.*\s/i;

/** Ids that are not themselves in quotes, labelled, a list, a link or doubtful, and without blanks around. */
const anyId = fc.oneof(printable, fc.stringMatching(/^[\w.@'-]{1,32}$/)).filter(
  (id) =>
    subscriberIdProblem(id) === null &&
    id.trim() === id &&
    !/^["'`]|["'`,;]$|[,;\\]|\w ?[:=]|[/{[]/.test(id) &&
    !isHeader(id) &&
    // The export of another id may look the same.
    unprotectCell(id) === id &&
    !DOUBTFUL.test(id),
);

const blanks = fc.string({ unit: fc.constantFrom(" ", "\t", "\n", "\u200b", "\ufeff", "\u3000") });
const quotes = fc.constantFrom(
  ...['""', "''", "``", "“”", "‘’", "«»", "「」", "『』"].map(
    (pair) => [pair.charAt(0), pair.charAt(1)] as const,
  ),
);

describe("recognise", () => {
  it("never throws, and says one of its kinds", () => {
    const unit = fc.constantFrom(
      ..."\"'`\\{}[]:,;\n\t ^$-d/*@#curl?=&1aé“”「」",
      "Subscriber_Account",
      "/lookup?",
    );
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit, maxLength: 60 })),
        (text) => {
          expect(recognise(text).kind).toMatch(
            /^(subscribers?|doubtful|channel|request|curl|link|nothing)$/,
          );
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("gives an id as it is, in blanks and in quotes", () => {
    fc.assert(
      fc.property(anyId, quotes, blanks, blanks, ([...id], [open, close], before, after) => {
        const text = id.join("");
        const wanted = { kind: "subscriber", id: text };
        expect(recognise(`${before}${text}${after}`)).toEqual(wanted);
        fc.pre(!text.includes(open) && !text.includes(close));
        expect(recognise(`${before}${open}${text}${close}${after}`)).toEqual(wanted);
      }),
      { numRuns: 1000 },
    );
  });

  it("gives back the id that an export has protected", () => {
    const risky = fc
      .tuple(
        fc.constantFrom("", "=", "+", "-", "@", "'", "00", "1e5", "1234567890123456789"),
        anyId,
      )
      .map(([start, id]) => start + id)
      .filter((id) => subscriberIdProblem(id) === null);
    fc.assert(
      fc.property(risky, (id) => {
        const cell = protectCell(id, true);
        expect(recognise(cell)).toEqual({ kind: "subscriber", id });
        expect(recognise(`"${cell.replaceAll('"', '""')}"`)).toEqual({ kind: "subscriber", id });
      }),
      { numRuns: 1000 },
    );
  });

  it("gives every id of a column, once and in order", () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyId, { minLength: 2, maxLength: 30 }), (ids) => {
        const column = ["UserID", ...ids, ...ids].map((id) => `"${id.replaceAll('"', '""')}"`);
        expect(recognise(column.join("\r\n"))).toEqual({
          kind: "subscribers",
          ids,
          total: ids.length,
          ignored: 0,
          duplicates: ids.length,
        });
      }),
    );
  });
});
