import { describe, expect, it } from "vitest";
import { FIELDS } from "@/lib/chat-api/types";
import {
  allowedParams,
  DEFAULT_COLUMNS,
  DEFAULT_SORTS,
  filtersOf,
  isNarrowed,
  loadDirectoryParams,
  paramsOfFilters,
  parseDays,
  serializeDirectory,
  viewParams,
  viewQuery,
} from "./search-params";

const WEEK = { column: "changeWeek", descending: true };

const load = (query: string) => loadDirectoryParams(new URLSearchParams(query));

describe("the address of the directory", () => {
  it("means the defaults when it says nothing", () => {
    expect(load("")).toMatchObject({
      ...{ app: null, view: "all", q: "", sort: DEFAULT_SORTS, offset: 0, size: 50 },
      ...{ columns: DEFAULT_COLUMNS, group: null, silent: [7, 30, 90], band: null, row: null },
    });
    expect(filtersOf(load(""))).toEqual({});
    expect(serializeDirectory(load(""))).toBe("?view=all");
  });

  it.each([
    ["view=silent&band=0", { view: "silent", band: 0 }],
    ["view=bogus", { view: "all" }],
    ["band=never", { band: "never" }],
    ["band=-1", { band: null }],
    ["band=10", { band: null }],
    ["silent=90,7,7,30", { silent: [7, 30, 90] }],
    ["silent=0,9999,x,14", { silent: [14] }],
    ["silent=none", { silent: [7, 30, 90] }],
    ["group=organization", { group: "organization" }],
    ["group=name", { group: null }],
    ["size=51", { size: 100 }],
    ["offset=-5", { offset: 0 }],
    ["sort=-changeWeek,bogus,name", { sort: [WEEK, { column: "name", descending: false }] }],
    ["sort=introduction", { sort: DEFAULT_SORTS }],
    ["columns=tags,name,secretKey", { columns: ["name", "tags"] }],
    ["columns=", { columns: DEFAULT_COLUMNS }],
    ["subscriberCount=between:9..1", { subscriberCount: null }],
    ["tags=oneOf:a,%null", { tags: { op: "oneOf", values: ["a", null] } }],
    ["lastMessageAt=empty", { lastMessageAt: { op: "empty" } }],
  ])("reads %s", (query, expected) => {
    expect(load(query)).toMatchObject(expected);
  });

  it("comes back from what is written", () => {
    const query =
      "?view=silent&q=a%20b&sort=-changeDay&offset=100&size=200&columns=name,tags&group=ownerId" +
      "&silent=3,9&band=never&row=%40TOA%23_1&organization=oneOf:x,%25null";
    const params = load(query);
    expect(load(serializeDirectory(params))).toEqual(params);
  });

  it.each([
    ["growing", WEEK],
    ["shrinking", { ...WEEK, descending: false }],
    ["silent", { column: "lastMessageAt", descending: false }],
    ["new", { column: "createdAt", descending: true }],
    ["gone", DEFAULT_SORTS[0]],
  ])("sorts the view %s by its own default, which is not written", (view, sort) => {
    const params = load(`view=${view}`);
    expect(params.sort).toEqual([sort]);
    expect(allowedParams(params, FIELDS).sort).toEqual([sort]);
    expect(serializeDirectory(params)).toBe(`?view=${view}`);
  });

  it("keeps another sort of a view, also the default of the others", () => {
    const address = "?view=growing&sort=-subscriberCount";
    expect(load(address).sort).toEqual(DEFAULT_SORTS);
    expect(serializeDirectory(load(address))).toBe(address);
  });

  it("is narrowed by what leaves channels out, not by its view", () => {
    expect(isNarrowed(load("view=gone&sort=name&group=ownerId"))).toBe(false);
    expect(isNarrowed(load("q=+"))).toBe(false);
    for (const query of ["q=a", "band=never", "name=empty"]) {
      expect(isNarrowed(load(query))).toBe(true);
    }
  });

  it("has its filters set to exactly those that are given", () => {
    const change = paramsOfFilters({ name: { op: "empty" } });
    expect(change).toMatchObject({ name: { op: "empty" }, tags: null, countedAt: null });
  });
});

describe("days without a message", () => {
  it.each([
    ["90 7,30", [7, 30, 90]],
    ["1,2,3,4,5,6,7", [1, 2, 3, 4, 5]],
    ["3651", null],
    ["", null],
    ["1.5", null],
  ])("are read from %j", (text, days) => {
    expect(parseDays(text)).toEqual(days);
  });
});

describe("a saved view", () => {
  it("keeps what is shown and how, and nothing of the place", () => {
    const query = "app=other&row=a&offset=50&view=new&q=x&columns=name&name=empty";
    expect(new URLSearchParams(viewQuery(query)).toString()).toBe(
      "view=new&q=x&columns=name&name=empty",
    );
  });

  it("of an older grammar says less", () => {
    expect(viewParams("view=loud&sort=-noise&band=x")).toMatchObject({
      ...{ view: "all", sort: DEFAULT_SORTS, band: null },
    });
  });
});
