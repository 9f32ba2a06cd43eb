import { describe, expect, it } from "vitest";
import { callbackPath } from "./oidc/sso";

describe("callbackPath", () => {
  it.each([
    "/lookup?app=demo&subscriber=%40TOA%23_1&offset=100",
    "/channels/view?channel=%40TOA%23_x#top",
    "/",
    "/lookup?next=//evil.example",
  ])("keeps %s", (path) => {
    expect(callbackPath(path)).toBe(path);
  });

  it.each([
    ["//evil.example"],
    ["///evil.example"],
    ["/\\evil.example"],
    ["\\\\evil.example"],
    ["/\t/evil.example"],
    ["/.//evil.example"],
    ["/x/..//evil.example"],
    ["/%2e//evil.example"],
    ["https://evil.example"],
    ["https:/evil.example"],
    ["https://desk.invalid/lookup"],
    ["javascript:alert(1)"],
    ["data:text/html,x"],
    ["http://"],
    ["blob:http://desk.invalid/x"],
    ["blob:http://desk.invalid//evil.example"],
    ["filesystem:http://desk.invalid/x"],
    ["/sign-in?callbackUrl=/sign-in"],
    [["/lookup", "/channels"]],
    [undefined],
  ])("refuses %j", (asked) => {
    expect(callbackPath(asked)).toBe("/");
  });

  it("gives a path that stays on whatever origin it is resolved against", () => {
    for (const asked of ["/a//b", "lookup", "?x", "/..//../evil", "/;//evil", "/.%09//evil"]) {
      const path = callbackPath(asked);
      expect(new URL(path, "https://desk.example").origin).toBe("https://desk.example");
    }
  });
});
