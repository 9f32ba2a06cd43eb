import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRanges, streamAddress, wholeSetQuery } from "./stream-address";

const fields = ["name", "ownerId"] as const;
const list = wholeSetQuery({ app: "demo", subscriberId: "a b&c#d", fields });
const query = (address: string) => new URLSearchParams(address.split("?")[1]);

describe("where a whole set is read from", () => {
  it("says what is wanted, whatever the id holds", () => {
    const address = streamAddress({ list, fields, mayPause: true, from: null });
    expect(Object.fromEntries(query(address))).toEqual({
      app: "demo",
      subscriber: "a b&c#d",
      fields: "name,ownerId",
      pauseAbove: "5000",
    });
  });

  it("gives ranges that are read as they were written", () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(gaps, fc.boolean(), (steps, isOpen) => {
        let at = 0;
        const places = steps.map((step) => (at += step));
        const unread = places.flatMap((end, index) =>
          index % 2 === 0 ? [] : [{ start: places[index - 1] ?? 0, end: end as number | null }],
        );
        if (isOpen) unread.push({ start: at, end: null });
        fc.pre(unread.length > 0);
        const address = streamAddress({
          list,
          fields,
          mayPause: false,
          from: { unread, total: at },
        });
        expect(parseRanges(query(address).get("unread") ?? "")).toEqual(unread);
        expect(query(address).get("total")).toBe(String(at));
      }),
    );
  });

  it.each([
    "",
    "x",
    "200",
    "-200",
    "200-100",
    "200-200",
    "0-",
    "0-200,100-300",
    "0-,200-400",
    "1e3-",
    "0-9999999",
    Array(300).fill("0-1").join(),
    "0-200,",
  ])("reads %j as it is meant", (text) => {
    expect(parseRanges(text)).toEqual(text === "0-" ? [{ start: 0, end: null }] : []);
  });

  it("reads fifty ranges and no more", () => {
    const apart = (count: number) =>
      Array.from({ length: count }, (_, index) => `${index * 400}-${index * 400 + 200}`).join();
    expect(parseRanges(apart(50))).toHaveLength(50);
    expect(parseRanges(apart(51))).toEqual([]);
  });
});
