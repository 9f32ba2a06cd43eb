import { expect, test } from "vitest";
import { openTransport } from "./open-transport";

test.each([
  "https://desk.example.com",
  "http://127.0.0.1:3000",
  "http://[::1]:3000",
  "http://localhost",
  "http://desk.localhost",
])("%s is read by nobody on the way", (appUrl) => {
  expect(openTransport(new URL(appUrl))).toBeNull();
});

test.each(["http://desk.example.com", "http://10.0.0.7:3000", "http://127.0.0.1.example.com"])(
  "%s could be",
  (appUrl) => {
    expect(openTransport(new URL(appUrl))).toMatch(/^APP_URL is http: .* TLS\.$/);
  },
);
