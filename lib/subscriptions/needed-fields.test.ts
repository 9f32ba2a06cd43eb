import { describe, expect, it } from "vitest";
import { FIELDS } from "@/lib/chat-api/types";
import { allowedQuery, neededFields } from "./needed-fields";
import type { ViewQuery } from "./view";

const NOT_SAID = FIELDS.filter((field) => field !== "subscriberCustomString");
const query: ViewQuery = {
  search: "foo",
  filters: {
    subscriberCustomString: { op: "contains", text: "vip" },
    organization: { op: "oneOf", values: [null] },
    channelId: { op: "contains", text: "x" },
  },
  sorts: [
    { column: "subscriberCustomString", descending: false },
    { column: "subscriberCount", descending: true },
    { column: "channelId", descending: false },
  ],
};
const nothing: ViewQuery = { search: "", filters: {}, sorts: [] };

describe("the fields to ask for", () => {
  it("are those shown and those that filters and sorts need, in the vendor's order", () => {
    expect(neededFields(["subscribedAt", "name"], query, FIELDS)).toEqual([
      "name",
      "subscriberCount",
      "organization",
      "subscribedAt",
      "subscriberCustomString",
    ]);
  });

  it("are never those that may not be read", () => {
    const wanted = neededFields(["subscriberCustomString"], query, NOT_SAID);
    expect(wanted).toEqual(["subscriberCount", "organization"]);
    expect(neededFields(FIELDS, query, NOT_SAID)).toEqual(NOT_SAID);
  });

  it("are none when none is wanted", () => {
    expect(neededFields([], nothing, FIELDS)).toEqual([]);
  });
});

describe("the query that a role is allowed", () => {
  it("has no filter and no sort of what may not be read", () => {
    expect(allowedQuery(query, NOT_SAID)).toEqual({
      search: "foo",
      filters: { organization: query.filters.organization, channelId: query.filters.channelId },
      sorts: query.sorts.slice(1),
    });
  });

  it("is the same for who may read all", () => {
    expect(allowedQuery(query, FIELDS)).toEqual(query);
  });

  it("keeps what concerns the id, which always comes", () => {
    const { filters, sorts } = allowedQuery(query, []);
    expect(Object.keys(filters)).toEqual(["channelId"]);
    expect(sorts).toEqual([{ column: "channelId", descending: false }]);
  });
});
