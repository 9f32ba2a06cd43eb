import fc from "fast-check";
import { expect, it } from "vitest";
import { selectRange } from "./select-range";

it("gives what sorting all of it would", () => {
  const values = fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer()), {
    maxLength: 80,
  });
  fc.assert(
    fc.property(values, fc.nat(90), fc.nat(90), (of, offset, limit) => {
      const order = (a: number, b: number) => (of[a] ?? 0) - (of[b] ?? 0) || a - b;
      const sorted = [...of.keys()].sort(order);
      expect(selectRange(of.length, order, offset, limit)).toEqual(
        sorted.slice(offset, offset + limit),
      );
    }),
    { numRuns: 1000 },
  );
});
