import { describe, expect, it } from "vitest";
import { isViewQuery, VIEW_PARAMS } from "@/lib/views/view-query";
import {
  DEFAULT_FIELDS,
  loadLookupParams,
  serializeLookup,
  viewParams,
  viewQuery,
  viewQueryOf,
} from "./search-params";

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

describe("viewQuery", () => {
  it.each([
    ["nothing", "", ""],
    ["what is not of a view", "?app=a&subscriber=1&offset=50&row=x&follows=y&whole=1&foo=1", ""],
    [
      "defaults",
      "size=50&fields=name,ownerId,subscriberCount,lastMessageAt,avatarUrl,subscribedAt",
      "",
    ],
    ["columns in another order", "fields=subscriberCount,name", "fields=name,subscriberCount"],
    ["a size that is not offered", "size=60", "size=100"],
    ["what makes no sense", "sort=-colour&subscriberCount=contains:a&lastMessageAt=soon", ""],
  ])("%s", (_case, query, expected) => {
    expect(viewQuery(query)).toBe(expected);
  });

  it.each([
    "q=silent&sort=-subscriberCount,name&size=200",
    "name=contains:a%26b%20%3D%23%2B%E9%A0%BB&ownerId=oneOf:a,b,%25null",
    "lastMessageAt=withinDays:30&createdAt=before:2026-01-01T00:00:00.000Z&subscriberCount=between:10..",
  ])("keeps %s, and can be saved", (query) => {
    const kept = viewQuery(`?subscriber=107867&${query}&offset=50`);
    expect(viewQuery(kept)).toBe(kept);
    expect(viewParams(kept)).toEqual(viewParams(query));
    expect(Object.keys(viewParams(kept)).length).toBeGreaterThan(4);
    expect([...new URLSearchParams(kept).keys()].sort()).toEqual(
      [...new URLSearchParams(query).keys()].sort(),
    );
    expect(isViewQuery(kept, VIEW_PARAMS)).toBe(true);
  });
});
