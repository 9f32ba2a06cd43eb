import { expect, it } from "vitest";
import { channelAddress, channelsAddress } from "@/lib/channels/channels-address";
import { filtersOf, loadDirectoryParams } from "@/lib/channels/directory/search-params";
import type { DirectoryQuery } from "@/lib/channels/known-channel";
import { readViewParams } from "./view/params";

const query: DirectoryQuery = {
  ...{ app: "b&c", view: "silent", search: " a & b ", silentDays: [3, 9], band: 1, userId: "u" },
  filters: {
    refreshState: { op: "oneOf", values: ["failing", "gone"] },
    name: { op: "contains", text: "50% + more" },
    tags: { op: "oneOf", values: ["a,b", null] },
    goneAt: { op: "withinDays", days: 7 },
  },
  sorts: [
    { column: "changeWeek", descending: true },
    { column: "name", descending: false },
  ],
};

const params = (address: string) => new URL(address, "https://desk.example.com").searchParams;

it("an address that another room makes asks the directory for the same", () => {
  const read = loadDirectoryParams(params(channelsAddress(query, "a")));
  expect(read).toMatchObject({
    ...{ app: query.app, view: query.view, q: query.search, silent: query.silentDays },
    ...{ band: query.band, sort: query.sorts, offset: 0, row: null },
  });
  expect(filtersOf(read)).toEqual(query.filters);
});

it("what it does not say is as in a directory that was just opened", () => {
  const address = channelsAddress({ app: "a", view: "all" }, "a");
  expect(address).toBe("/channels?view=all");
  expect(loadDirectoryParams(params(address))).toEqual(loadDirectoryParams(""));
});

it.each([
  ["a", "a", null],
  ["a", null, "a"],
  ["b", "a", "b"],
])("the address of a channel of %s where %s is the default names %s", (app, defaultApp, named) => {
  const read = readViewParams(params(channelAddress(app, "@TOA#_1 & 2", defaultApp)));
  expect(read).toMatchObject({ app: named, channel: "@TOA#_1 & 2" });
});
