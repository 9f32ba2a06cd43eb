import { describe, expect, it } from "vitest";
import { isViewQuery, VIEW_PARAMS } from "@/lib/view-input";
import { viewParams, viewQuery } from "./view-query";

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
