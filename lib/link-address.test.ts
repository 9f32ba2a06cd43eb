import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  joinedQuery,
  LINK_ID,
  linkedAddress,
  newLinkId,
  saysTooMuch,
  splitQuery,
} from "./link-address";

const query = (text: string) => new URLSearchParams(text);

describe("an id of a link", () => {
  it("is of letters, and another one every time", () => {
    const ids = Array.from({ length: 1000 }, newLinkId);
    expect(ids.filter((id) => !LINK_ID.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(1000);
  });

  it("uses every letter about equally often", () => {
    const counts = new Map<string, number>();
    for (const letter of Array.from({ length: 4000 }, newLinkId).join("")) {
      counts.set(letter, (counts.get(letter) ?? 0) + 1);
    }
    expect(counts.size).toBe(52);
    // 68,000 letters are 1,308 of each; seven standard deviations are 251.
    for (const [letter, count] of counts)
      expect([letter, Math.abs(count - 1308) < 251]).toEqual([letter, true]);
  });
});

describe("what an address may say", () => {
  it("is the app, and of the rest nothing", () => {
    const { open, hidden } = splitQuery(query("q=1&app=demo&subscriber=107867&link=x&refused=1"));
    expect(`${open}`).toBe("app=demo");
    expect(hidden).toBe("q=1&subscriber=107867");
  });

  it("is written in one way, whatever the order", () => {
    expect(splitQuery(query("size=20&q=a"))).toEqual(splitQuery(query("q=a&size=20")));
  });

  it("comes together again to what it was", () => {
    const names = fc.constantFrom("app", "subscriber", "q", "ownerId", "sort");
    fc.assert(
      fc.property(fc.dictionary(names, fc.string({ unit: "grapheme" })), (state) => {
        const whole = query("");
        for (const [name, value] of Object.entries(state)) whole.set(name, value);
        const { open, hidden } = splitQuery(whole);
        const again = joinedQuery(query(open.toString()), hidden);
        whole.sort();
        again.sort();
        expect(again.toString()).toBe(whole.toString());
      }),
    );
  });

  it("is what a pasted link keeps of itself", () => {
    expect(linkedAddress(query("link=abc&subscriber=1&app=a b"))).toBe("/lookup?app=a+b&link=abc");
    expect(linkedAddress(query("app=demo&subscriber=1"))).toBeNull();
  });

  it.each([
    ["", false],
    ["app=demo", false],
    ["app=demo&link=abc", false],
    ["refused=1", false],
    ["subscriber=107867", true],
    ["link=abc&q=107867", true],
    ["anything=107867", true],
  ])("says too much: %s %s", (address, expected) => {
    expect(saysTooMuch(query(address))).toBe(expected);
  });
});
