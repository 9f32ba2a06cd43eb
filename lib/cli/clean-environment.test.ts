import { expect, it } from "vitest";
import { cleanEnvironment } from "./environment";

it("keeps what tools need, and nothing that configures a desk", () => {
  const developer = {
    PATH: "/bin",
    SystemRoot: "C:\\Windows",
    CHROMIUM_PATH: "/opt/chromium",
    CHAT_APPS: "[]",
    DATABASE_URL: "postgres://somewhere",
    APP_URL: "http://127.0.0.1:3000",
    AUTH_SECRET: "secret",
    NODE_ENV: "development",
    PORT: "3000",
  };
  expect(cleanEnvironment(developer)).toEqual({
    PATH: "/bin",
    SystemRoot: "C:\\Windows",
    CHROMIUM_PATH: "/opt/chromium",
    NEXT_TELEMETRY_DISABLED: "1",
  });
});
