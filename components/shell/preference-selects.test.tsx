import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { rememberPreference } from "./preference-selects";

let written: string;
beforeEach(() => {
  vi.spyOn(document, "cookie", "set").mockImplementation((cookie) => {
    written = cookie;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test.each([
  ["https:", "__Host-channel-desk.theme=dark; path=/; max-age=31536000; samesite=lax; secure"],
  ["http:", "theme=dark; path=/; max-age=31536000; samesite=lax"],
])("a choice is kept with the care that %s allows", (protocol, cookie) => {
  vi.stubGlobal("location", { protocol });
  rememberPreference("theme", "dark");
  expect(written).toBe(cookie);
});
