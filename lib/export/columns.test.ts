import { expect, it } from "vitest";
import { exportColumns } from "./sheet";

it.each([
  ["nothing wanted", ["name", "avatarUrl"], [""], ["name", "channelId", "avatarUrl"]],
  [
    "the picture first",
    ["name", "avatarUrl"],
    ["avatarUrl", "name"],
    ["name", "channelId", "avatarUrl"],
  ],
  [
    "an order of somebody's own",
    ["name", "ownerId", "subscriberCount"],
    ["subscriberCount", "channelId", "name", "ownerId"],
    ["subscriberCount", "channelId", "name", "ownerId"],
  ],
  ["a part of it", ["name", "ownerId"], ["ownerId"], ["ownerId", "name", "channelId"]],
  ["a column not shown", ["name"], ["customString", "secretKey", "name"], ["name", "channelId"]],
  ["no field at all", [], ["name"], ["channelId"]],
] as const)("orders the columns with %s", (_, shown, wanted, columns) => {
  expect(exportColumns(shown, wanted)).toEqual(columns);
});
