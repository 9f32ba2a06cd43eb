import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { catchLog } from "@/lib/testing/desk-log";
import { logAnswer } from "./access-log";

afterEach(() => {
  vi.restoreAllMocks();
});

function logged(path: string, status = 200): string {
  const log = catchLog();
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  logAnswer(response, { requestId: "r-1", address: "192.0.2.7" }, { method: "GET", path });
  response.statusCode = status;
  response.emit("close");
  return log.join("");
}

test("an answer is one line, by which a request's id leads to what became of it", () => {
  const line = JSON.parse(logged("/lookup", 403));
  expect(line).toMatchObject({
    level: "info",
    source: "access",
    message: "GET /lookup 403",
    requestId: "r-1",
    address: "192.0.2.7",
    isWhole: false,
  });
  expect(line.durationMs).toBeGreaterThanOrEqual(0);
});

test.each(["/", "/sign-in", "/lookup/stream", "/api/auth/callback/oidc", "/favicon.svg"])(
  "the path %s is written",
  (path) => {
    expect(JSON.parse(logged(path)).message).toBe(`GET ${path} 200`);
  },
);

test.each(["/lookup/107867", "/@TOA%23_a", "/user-1", "/%E5%BC%A0", "/a@b.example", "/Ann"])(
  "what somebody typed for a path is not: %s",
  (path) => {
    expect(JSON.parse(logged(path, 404)).message).toBe("GET (other) 404");
  },
);

test("files of the build are not worth a line", () => {
  expect(logged("/_next/static/chunks/a.js")).toBe("");
});
