import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { moments, texts } from "@/lib/testing/arbitrary-subscriptions";
import { type AuditContent, type AuditRow, BEGINNING, chain, firstFault } from "./chain";
import { AUDIT_ACTIONS, AUDIT_OUTCOMES } from "./event";

const orNull = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: null });

/** Every column by its name: a new one does not compile until it is here too. */
const columns: { [Name in keyof AuditContent]: fc.Arbitrary<AuditContent[Name]> } = {
  at: moments,
  requestId: texts,
  actorId: orNull(fc.uuid()),
  actorEmail: orNull(texts),
  actorRole: orNull(texts),
  address: orNull(texts),
  action: fc.constantFrom(...AUDIT_ACTIONS),
  outcome: fc.constantFrom(...AUDIT_OUTCOMES),
  code: orNull(texts),
  app: orNull(texts),
  subscriberId: orNull(texts),
  target: orNull(texts),
  fields: orNull(fc.array(texts, { maxLength: 3 })),
  reason: orNull(texts),
  rows: orNull(fc.nat()),
  durationMs: orNull(fc.nat()),
};
const hashes = fc.string({
  unit: fc.constantFrom(..."0123456789abcdef"),
  minLength: 64,
  maxLength: 64,
});
const allColumns: { [Name in keyof AuditRow]: fc.Arbitrary<AuditRow[Name]> } = {
  ...columns,
  sequence: fc.nat({ max: 20 }),
  previousHash: hashes,
  hash: hashes,
};
const contents = fc.array(fc.record(columns), { minLength: 2, maxLength: 8 });
const chains = contents.map((given) => chain(BEGINNING, given));

const anyChange = fc.oneof(
  ...Object.entries(allColumns).map(([column, values]: [string, fc.Arbitrary<unknown>]) =>
    values.map((value) => ({ [column]: value })),
  ),
);

/** Two different places in a chain, the first before the second. */
const twoPlaces = (rows: readonly AuditRow[]) =>
  fc.uniqueArray(fc.nat({ max: rows.length - 1 }), { minLength: 2, maxLength: 2 }).map((pair) => {
    const [first = 0, second = 0] = pair.toSorted((a, b) => a - b);
    return { rows, first, second };
  });

describe("a chain of rows", () => {
  test("is whole as it was made, in one piece or several", () => {
    fc.assert(
      fc.property(chains, contents, (rows, more) => {
        const head = rows.at(-1) ?? BEGINNING;
        const appended = chain(head, more);
        expect(firstFault(head, appended)).toBeNull();
        expect(firstFault(BEGINNING, [...rows, ...appended])).toBeNull();
      }),
    );
  });

  test("shows any change of any column of any row, where it is", () => {
    fc.assert(
      fc.property(chains, fc.nat(), anyChange, (rows, place, change) => {
        const index = place % rows.length;
        const row = rows[index] as AuditRow;
        const changed = { ...row, ...change };
        fc.pre(JSON.stringify(changed) !== JSON.stringify(row));
        const fault = firstFault(BEGINNING, rows.with(index, changed));
        if ("sequence" in change) expect(fault).not.toBeNull();
        else expect(fault).toEqual({ at: index + 1, problem: "changed" });
      }),
      { numRuns: 1000 },
    );
  });

  test("shows a change whose hash was computed anew in the row behind it", () => {
    fc.assert(
      fc.property(chains, fc.nat(), anyChange, (rows, place, change) => {
        const index = place % (rows.length - 1);
        const [forged] = chain(rows[index - 1] ?? BEGINNING, [
          { ...(rows[index] as AuditRow), ...change },
        ]);
        fc.pre(forged?.hash !== rows[index]?.hash);
        const fault = firstFault(BEGINNING, rows.with(index, forged as AuditRow));
        expect(fault).toEqual({ at: index + 2, problem: "changed" });
      }),
    );
  });

  test("shows which row is missing, but for the last", () => {
    fc.assert(
      fc.property(chains, fc.nat(), (rows, place) => {
        const index = place % (rows.length - 1);
        const fault = firstFault(BEGINNING, rows.toSpliced(index, 1));
        expect(fault).toEqual({ at: index + 1, problem: "missing" });
      }),
    );
  });

  test("shows two rows that changed places, with or without their numbers", () => {
    fc.assert(
      fc.property(chains.chain(twoPlaces), ({ rows, first, second }) => {
        const [one, other] = [rows[first] as AuditRow, rows[second] as AuditRow];
        const moved = rows.with(first, other).with(second, one);
        expect(firstFault(BEGINNING, moved)).not.toBeNull();
        const renumbered = moved.map((row, index) => ({ ...row, sequence: index + 1 }));
        expect(firstFault(BEGINNING, renumbered)).toEqual({ at: first + 1, problem: "changed" });
      }),
    );
  });

  test("shows a row that was put in, chained or not, and with all behind it renumbered", () => {
    fc.assert(
      fc.property(chains, fc.nat(), fc.record(columns), (rows, place, content) => {
        const index = place % rows.length;
        const put = chain(rows[index - 1] ?? BEGINNING, [content]);
        const longer = rows.toSpliced(index, 0, ...put);
        expect(firstFault(BEGINNING, longer)).not.toBeNull();
        const renumbered = longer.map((row, at) => ({ ...row, sequence: at + 1 }));
        expect(firstFault(BEGINNING, renumbered)).toEqual({ at: index + 2, problem: "changed" });
      }),
    );
  });

  test("cannot show that rows are missing from its end", () => {
    const rows = chain(BEGINNING, fc.sample(fc.record(columns), 3));
    expect(firstFault(BEGINNING, rows.slice(0, 2))).toBeNull();
  });
});
