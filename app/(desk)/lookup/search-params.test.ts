import { describe, expect, it } from "vitest";
import { DEFAULT_FIELDS, loadLookupParams, serializeLookup } from "./search-params";

const load = (query: string) => loadLookupParams(new URLSearchParams(query));

describe("the address of a lookup", () => {
  it("means the defaults when it says nothing", () => {
    expect(load("")).toEqual({
      app: null,
      subscriber: null,
      fields: DEFAULT_FIELDS,
      offset: 0,
      size: 50,
    });
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
    };
    expect(load(serializeLookup(params))).toEqual(params);
  });

  it("does not write what is default", () => {
    expect(serializeLookup(load(""))).toBe("");
    expect(serializeLookup({ ...load("size=50&offset=0"), subscriber: "107867" })).toBe(
      "?subscriber=107867",
    );
  });
});
