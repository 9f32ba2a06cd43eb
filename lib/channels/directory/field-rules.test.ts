import { describe, expect, it } from "vitest";
import { CHANNEL_FIELDS } from "@/lib/chat-api/types";
import {
  allowedColumns,
  allowedParams,
  allowedViews,
  DIRECTORY_COLUMNS,
  directoryQuery,
  filtersOf,
  loadDirectoryParams,
  type Shown,
} from "./search-params";

const allowed = (query: string, shown: Shown) =>
  allowedParams(loadDirectoryParams(new URLSearchParams(query)), shown);
const without = (...fields: readonly string[]) =>
  CHANNEL_FIELDS.filter((field) => !fields.includes(field));

describe("who may see every field", () => {
  it("has every column and view, and an address as it is", () => {
    expect(allowedColumns(CHANNEL_FIELDS)).toEqual(DIRECTORY_COLUMNS);
    expect(allowedViews(CHANNEL_FIELDS)).toHaveLength(7);
    const query = "view=silent&band=1&sort=-changeDay&group=ownerId&name=contains:a&columns=name";
    expect(allowed(query, CHANNEL_FIELDS)).toEqual(loadDirectoryParams(new URLSearchParams(query)));
  });
});

describe("who may not see a field", () => {
  it("has no column that tells of it, and no view", () => {
    const shown = without("subscriberCount", "createdAt");
    expect(allowedColumns(shown)).toEqual([
      ...["avatarUrl", "name", "channelId", "ownerId", "organization"],
      ...["lastMessageAt", "refreshState", "firstSeenAt", "goneAt", "tags", "introduction"],
    ]);
    expect(allowedViews(shown)).toEqual(["all", "watched", "silent", "gone"]);
  });

  it("neither sorts, filters, groups nor looks by it", () => {
    const query =
      "view=growing&sort=-changeWeek,countedAt,name&group=organization" +
      "&subscriberCount=between:1..&countedAt=empty&organization=oneOf:a&tags=oneOf:b";
    const params = allowed(query, without("subscriberCount", "organization"));
    expect(params).toMatchObject({ view: "all", group: null });
    expect(params.sort).toEqual([{ column: "name", descending: false }]);
    expect(filtersOf(params)).toEqual({ tags: { op: "oneOf", values: ["b"] } });
  });

  it("is not told of it by a search", () => {
    const shown = without("name", "ownerId");
    const query = directoryQuery(allowed("q=a", shown), { app: "demo", userId: "u", shown });
    expect(query).toMatchObject({ search: "a", searched: ["channelId", "organization"] });
  });

  it("sees a channel by its id where its name is not to be seen", () => {
    expect(allowed("columns=name,tags", without("name")).columns).toEqual(["channelId", "tags"]);
    expect(allowed("columns=tags", CHANNEL_FIELDS).columns).toEqual(["channelId", "tags"]);
    expect(allowed("columns=name,tags", CHANNEL_FIELDS).columns).toEqual(["name", "tags"]);
  });
});

describe("a band", () => {
  it.each([
    ["view=silent&band=2", 2],
    ["view=silent&band=3", null],
    ["view=silent&band=never", "never"],
    ["view=all&band=never", null],
  ])("of %s is %s", (query, band) => {
    expect(allowed(query, CHANNEL_FIELDS).band).toBe(band);
  });
});
