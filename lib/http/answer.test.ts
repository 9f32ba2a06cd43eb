import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
import { catchLog } from "@/lib/testing/desk-log";
import { answerHeaders, logAnswer, type Refusal } from "./incoming";

const http = new URL("http://127.0.0.1:3000");
const https = new URL("https://desk.example.com");

describe("the headers of an answer", () => {
  test("let nothing be kept but the files of the build and the icon", () => {
    const cacheControl = (path: string) => answerHeaders(path, http)["Cache-Control"];
    const pages = ["/", "/lookup", "/api/health", "/_next/data", "/_next/static", "/favicon.ico"];
    for (const path of pages) {
      expect(cacheControl(path), path).toBe("no-store");
    }
    for (const path of ["/_next/static/chunks/a.js", "/favicon.svg"]) {
      expect(cacheControl(path), path).toBeUndefined();
    }
  });

  test("say that the desk is behind https only where it is", () => {
    expect(answerHeaders("/", https)["Strict-Transport-Security"]).toMatch(/; includeSubDomains$/);
    expect(answerHeaders("/", http)["Strict-Transport-Security"]).toBeUndefined();
  });

  test("let what is not a page run and load nothing, in no frame", () => {
    expect(answerHeaders("/", https)["Content-Security-Policy"]).toBe(
      "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    );
  });
});

describe("the line of an answer", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  function logged(path: string, status = 200, refusal: Refusal | null = null): string {
    const log = catchLog();
    const response = new ServerResponse(new IncomingMessage(new Socket()));
    const incoming = { requestId: "r-1", address: "192.0.2.7" };
    logAnswer(response, incoming, { method: "GET", path, refusal });
    response.statusCode = status;
    response.emit("close");
    return log.join("");
  }

  test("leads from a request's id to what became of it", () => {
    const line = JSON.parse(logged("/lookup", 403));
    expect(line).toMatchObject({
      ...{ level: "info", source: "access", message: "GET /lookup 403" },
      ...{ requestId: "r-1", address: "192.0.2.7", isWhole: false },
    });
    expect(line).not.toHaveProperty("refused");
    expect(line.durationMs).toBeGreaterThanOrEqual(0);
  });

  test("says why a request was refused unread", () => {
    const line = JSON.parse(logged("/lookup", 403, { status: 403, reason: "embedded" }));
    expect(line).toMatchObject({ message: "GET /lookup 403", refused: "embedded" });
  });

  test.each(["/", "/sign-in", "/lookup/stream", "/api/auth/callback/oidc", "/favicon.svg"])(
    "holds the path %s",
    (path) => {
      expect(JSON.parse(logged(path)).message).toBe(`GET ${path} 200`);
    },
  );

  test.each(["/lookup/107867", "/@TOA%23_a", "/user-1", "/%E5%BC%A0", "/a@b.example", "/Ann"])(
    "does not hold what somebody typed for a path: %s",
    (path) => {
      expect(JSON.parse(logged(path, 404)).message).toBe("GET (other) 404");
    },
  );

  test("is left out for files of the build", () => {
    expect(logged("/_next/static/chunks/a.js")).toBe("");
  });
});
