import { act } from "react";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { describe, expect, it, vi } from "vitest";
import { Avatar, initials, safeImageUrl } from "./avatar";

describe("safeImageUrl", () => {
  it.each(["http://this.is.face.url/", "https://cdn.example/a.png?x=1"])("takes %s", (url) => {
    expect(safeImageUrl(url, [])).toBe(url);
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
    expect(safeImageUrl(url, [])).toBeNull();
  });
});

describe("an address of the desk itself", () => {
  const own = ["https://desk.example.com", "https://127.0.0.1:3000"];

  it.each([
    "https://desk.example.com/lookup/export?subscriber=1",
    "http://desk.example.com/",
    "https://desk.example.com:8443/a.png",
    "https://DESK.example.com./a.png",
    "https://desk%2Eexample.com/a.png",
    "https://desk。example.com/a.png",
    "http://127.0.0.1:3000/lookup",
    "https://127.1:3000/lookup",
    "http://2130706433:3000/lookup",
    "http://localhost:3000/lookup",
    "http://desk.localhost.:3000/lookup",
    "http://0:3000/lookup",
    "http://[::1]:3000/lookup",
    "http://[::ffff:127.0.0.1]:3000/lookup",
  ])("is refused: %s", (url) => {
    expect(safeImageUrl(url, own)).toBeNull();
  });

  it.each([
    "https://example.com/a.png",
    "https://cdn.desk.example.com/a.png",
    "https://desk.example.com.evil.example/a.png",
    "http://127.0.0.1:4010/avatars/1.png",
    "http://localhost.example/a.png",
  ])("is none of %s", (url) => {
    expect(safeImageUrl(url, own)).toBe(url);
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

it("hydrates a picture that was shown before", async () => {
  const complain = vi.spyOn(console, "error").mockImplementation(() => undefined);
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  const picture = <Avatar url="https://pictures.test/news.png" name="News" />;
  const container = document.createElement("div");
  container.innerHTML = renderToString(picture);
  const image = container.querySelector("img");
  if (image) image.dataset.loaded = "";
  const root = await act(async () => hydrateRoot(container, picture));
  expect(container.querySelector("img")).toBe(image);
  expect(image?.dataset.loaded).toBe("");
  expect(complain).not.toHaveBeenCalled();
  await act(async () => root.unmount());
  complain.mockRestore();
  vi.unstubAllGlobals();
});
