import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  joinedQuery,
  LINK_ID,
  linkedAddress,
  linkedPage,
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
    // 92,000 letters are 1,769 of each; seven standard deviations are 291.
    for (const [letter, count] of counts)
      expect([letter, Math.abs(count - 1769) < 291]).toEqual([letter, true]);
  });
});

describe("what an address may say", () => {
  it("is of the lookup the app, and of the rest nothing", () => {
    const { open, hidden } = splitQuery(
      "lookup",
      query("q=1&app=demo&subscriber=107867&link=x&refused=1"),
    );
    expect(`${open}`).toBe("app=demo");
    expect(hidden).toBe("q=1&subscriber=107867");
  });

  it("is of the audit what nobody types, as it stands", () => {
    const said =
      "app=demo&from=2026-03-01T00:00:00Z&to=2026-03-02T00:00:00Z&action=lookup&action=signIn&outcome=done&sort=-rows&size=100&page=2&through=9&without=target";
    const typed = "inApp=a&person=b&request=c&subscriber=d&target=e";
    const { open, hidden } = splitQuery("audit", query(`${said}&${typed}&link=x&refused=1`));
    expect(decodeURIComponent(open.toString())).toBe(said);
    expect(hidden).toBe(typed);
  });

  it("is written in one way, whatever the order", () => {
    const one = splitQuery("lookup", query("size=20&q=a"));
    expect(splitQuery("lookup", query("q=a&size=20"))).toEqual(one);
  });

  it("comes together again to what it was", () => {
    const pages = fc.constantFrom("lookup" as const, "audit" as const);
    const names = fc.constantFrom("app", "subscriber", "q", "ownerId", "sort", "action");
    const states = fc.array(fc.tuple(names, fc.string({ unit: "grapheme" })));
    fc.assert(
      fc.property(pages, states, (page, state) => {
        const whole = new URLSearchParams(state);
        const { open, hidden } = splitQuery(page, whole);
        const again = joinedQuery(page, query(open.toString()), hidden);
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
    ["lookup", "", false],
    ["lookup", "app=demo", false],
    ["lookup", "app=demo&link=abc", false],
    ["lookup", "refused=1", false],
    ["lookup", "subscriber=107867", true],
    ["lookup", "link=abc&q=107867", true],
    ["lookup", "anything=107867", true],
    ["audit", "link=abc&sort=-rows&page=2&without=target", false],
    ["audit", "subscriber=107867", true],
    ["audit", "link=abc&target=107867", true],
    ["audit", "person=107867", true],
    ["audit", "anything=107867", true],
  ] as const)("of the %s says too much: %s %s", (page, address, expected) => {
    expect(saysTooMuch(page, query(address))).toBe(expected);
  });

  it.each([
    ["/lookup", "lookup"],
    ["/audit", "audit"],
    ["/audit/export", null],
    ["/people", null],
  ])("is split for the page of %s: %s", (pathname, page) => {
    expect(linkedPage(pathname)).toBe(page);
  });
});
