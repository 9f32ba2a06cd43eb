import { describe, expect, it } from "vitest";
import { initials, safeImageUrl } from "./avatar";

describe("safeImageUrl", () => {
  it.each(["http://this.is.face.url/", "https://cdn.example/a.png?x=1"])("takes %s", (url) => {
    expect(safeImageUrl(url)).toBe(url);
  });

  it.each([
    null,
    "",
    "javascript:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "file:///etc/passwd",
    "//host/picture.png",
    "/picture.png",
    "https://user:word@host/picture.png",
    "not an address",
  ])("refuses %j", (url) => {
    expect(safeImageUrl(url)).toBeNull();
  });
});

describe("initials", () => {
  it.each([
    ["Morning News", "MN"],
    ["weather", "W"],
    ["오늘의 뉴스", "오"],
    ["新闻频道", "新"],
    ["📰 Daily", "D"],
    ["<script>", "S"],
    ["!!!", "#"],
    ["", "#"],
    ["test_mill", "TM"],
  ])("of %j are %s", (name, letters) => {
    expect(initials(name)).toBe(letters);
  });
});
