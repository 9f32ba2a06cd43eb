import { expect, test } from "vitest";
import { can, type Permission, type Role } from "./permissions";

const everything: Permission[] = [
  "lookup",
  "export",
  "channels",
  "bulk",
  "audit",
  "people",
  "status",
];

test.each<[Role, Permission[]]>([
  ["support", ["lookup", "bulk"]],
  ["product", ["lookup", "export", "channels", "bulk"]],
  ["admin", everything],
])("%s may do exactly %j", (role, allowed) => {
  expect(everything.filter((permission) => can(role, permission))).toEqual(allowed);
});
