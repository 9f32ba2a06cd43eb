import { describe, expect, it } from "vitest";
import { DEFAULT_FIELDS, loadLookupParams, serializeLookup, viewQueryOf } from "./search-params";

const load = (query: string) => loadLookupParams(new URLSearchParams(query));

describe("the address of a lookup", () => {
  it("means the defaults when it says nothing", () => {
    expect(load("")).toMatchObject({
      app: null,
      subscriber: null,
      fields: DEFAULT_FIELDS,
      offset: 0,
      size: 50,
      whole: false,
      row: null,
      follows: null,
    });
    expect(viewQueryOf(load(""))).toEqual({ search: "", filters: {}, sorts: [] });
  });

  it.each([
    ["size=7", { size: 20 }],
    ["size=51", { size: 100 }],
    ["size=5000", { size: 200 }],
    ["size=-1", { size: 50 }],
    ["size=many", { size: 50 }],
    ["offset=-5", { offset: 0 }],
    ["offset=1e3", { offset: 0 }],
    ["offset=99999999999", { offset: 0 }],
    ["fields=subscriberCount,name,name", { fields: ["name", "subscriberCount"] }],
    ["fields=name,secretKey", { fields: ["name"] }],
    ["fields=bogus", { fields: DEFAULT_FIELDS }],
    ["fields=", { fields: [] }],
    ["whole=yes", { whole: false }],
    ["sort=-bogus,name,name", { sort: [{ column: "name", descending: false }] }],
    ["subscriberCount=between:9..1", { subscriberCount: null }],
    ["name=withinDays:3", { name: null }],
  ])("clamps %s", (query, expected) => {
    expect(load(query)).toMatchObject(expected);
  });

  it("survives a round trip, whatever the id holds", () => {
    const params = {
      app: "demo",
      subscriber: "a b&c=d#e%2F?+",
      fields: ["name" as const],
      offset: 100,
      size: 20,
      whole: true,
      q: "a&b=ü %",
      row: "@TOA#_x",
      follows: "..",
      sort: [{ column: "subscriberCount" as const, descending: true }],
      ownerId: { op: "oneOf" as const, values: ["a,b", "100%", null] },
      lastMessageAt: { op: "before" as const, at: new Date("2026-01-01T00:00:00.000Z") },
    };
    expect(load(serializeLookup(params))).toMatchObject(params);
  });

  it("does not write what is default", () => {
    expect(serializeLookup(load(""))).toBe("");
    expect(serializeLookup({ ...load("size=50&offset=0"), subscriber: "107867" })).toBe(
      "?subscriber=107867",
    );
  });
});
