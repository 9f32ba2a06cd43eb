import { expect, test } from "vitest";
import { answerHeaders } from "./answer-headers";

const http = new URL("http://127.0.0.1:3000");
const https = new URL("https://desk.example.com");

test("nothing is kept but the files of the build and the icon", () => {
  const cacheControl = (path: string) => answerHeaders(path, http)["Cache-Control"];
  for (const path of [
    "/",
    "/lookup",
    "/api/health",
    "/_next/data",
    "/_next/static",
    "/favicon.ico",
  ]) {
    expect(cacheControl(path), path).toBe("no-store");
  }
  for (const path of ["/_next/static/chunks/a.js", "/favicon.svg"]) {
    expect(cacheControl(path), path).toBeUndefined();
  }
});

test("only a desk behind https says that it is", () => {
  expect(answerHeaders("/", https)["Strict-Transport-Security"]).toMatch(/; includeSubDomains$/);
  expect(answerHeaders("/", http)["Strict-Transport-Security"]).toBeUndefined();
});

test("what is not a page may run and load nothing, in no frame", () => {
  expect(answerHeaders("/", https)["Content-Security-Policy"]).toBe(
    "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  );
});
