import { expect, test } from "vitest";
import { preferenceCookieName } from "./preference-cookies";

test("over https no other host can set one", () => {
  const name = preferenceCookieName("theme", new URL("https://desk.example.com"));
  expect(name).toBe("__Host-channel-desk.theme");
});

test("over http a browser would not take that name", () => {
  expect(preferenceCookieName("locale", new URL("http://127.0.0.1:3000"))).toBe("locale");
});
