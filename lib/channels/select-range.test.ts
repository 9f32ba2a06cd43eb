import fc from "fast-check";
import { expect, it } from "vitest";
import { selectRange } from "./select-range";

async function expectSorted(of: readonly number[], offset: number, limit: number): Promise<void> {
  const order = (a: number, b: number) => (of[a] ?? 0) - (of[b] ?? 0) || a - b;
  const sorted = [...of.keys()].sort(order);
  const selected = await selectRange(of.length, order, offset, limit);
  expect(selected).toEqual(sorted.slice(offset, offset + limit));
}

it("gives what sorting all of it would", async () => {
  const values = fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer()), {
    maxLength: 80,
  });
  await fc.assert(fc.asyncProperty(values, fc.nat(90), fc.nat(90), expectSorted), {
    numRuns: 1000,
  });
});

it("gives it of many, too", async () => {
  const many = Array.from({ length: 30_000 }, (_, index) => (index * 7919) % 10_007);
  await expectSorted(many, 0, 30_000);
  await expectSorted(many, 12_345, 50);
  await expectSorted(many, 1, 20_000);
});
