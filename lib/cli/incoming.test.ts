import type { IncomingHttpHeaders } from "node:http";
import { describe, expect, test } from "vitest";
import { trustedNetworks } from "@/lib/auth/client-address";
import { MAX_BODY_BYTES, receiver, refusalStatus } from "./incoming";

const receive = receiver(trustedNetworks(["10.0.0.0/8"]));
const said = {
  "x-request-id": "chosen",
  "x-desk-pass": "chosen",
  "x-nonce": "chosen",
  "x-path": "/chosen",
  "content-security-policy": "script-src *",
  "x-forwarded-for": "1.1.1.1, 198.51.100.1",
  "x-forwarded-host": "chosen.example",
  "x-forwarded-proto": "https",
  "x-forwarded-port": "1",
  forwarded: "for=1.1.1.1",
  host: "desk.example",
};

describe("what a request says once it is received", () => {
  const received = (remoteAddress: string | undefined, heads: IncomingHttpHeaders = said) => {
    const headers = { ...heads };
    const incoming = receive({ headers, socket: { remoteAddress } });
    return { incoming, headers };
  };
  const pass = received("203.0.113.9").headers["x-desk-pass"];

  test("from anybody: the desk's own word on who it is, and nothing that only the desk may say", () => {
    const { incoming, headers } = received("203.0.113.9");
    expect(headers).toEqual({
      "x-request-id": incoming.requestId,
      "x-desk-pass": pass,
      "x-forwarded-for": "203.0.113.9",
      host: "desk.example",
    });
    expect(incoming.address).toBe("203.0.113.9");
    expect(incoming.requestId).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
  });

  test("from a trusted proxy: what that says of its client", () => {
    const { incoming, headers } = received("10.0.0.1");
    expect(headers).toEqual({
      "x-request-id": incoming.requestId,
      "x-desk-pass": pass,
      "x-forwarded-for": "198.51.100.1",
      "x-forwarded-host": "chosen.example",
      "x-forwarded-proto": "https",
      "x-forwarded-port": "1",
      forwarded: "for=1.1.1.1",
      host: "desk.example",
    });
  });

  test("from the desk itself: what it said when the request first came", () => {
    const first = received("203.0.113.9");
    const again = received("127.0.0.1", { ...first.headers, "x-action-forwarded": "1" });
    expect(again.incoming).toEqual({ ...first.incoming, isOwn: true });
    expect(first.incoming.isOwn).toBe(false);
    expect(again.headers).toEqual({ ...first.headers, "x-action-forwarded": "1" });
  });

  test("what passes for the desk's own word is its secret, and not another desk's", () => {
    expect(pass).toMatch(/^[\da-f-]{36}$/);
    const { headers } = received("203.0.113.9");
    const other = receiver(trustedNetworks([]));
    expect(other({ headers, socket: { remoteAddress: "127.0.0.1" } }).address).toBe("127.0.0.1");
  });

  test("each has an id of its own", () => {
    const ids = Array.from({ length: 9 }, () => received("10.0.0.1").incoming.requestId);
    expect(new Set(ids).size).toBe(9);
  });

  test("from a connection that is gone", () => {
    expect(received(undefined).incoming.address).toBe("unknown");
  });
});

test.each([
  ["GET", undefined, null],
  ["HEAD", undefined, null],
  ["POST", String(MAX_BODY_BYTES), null],
  ["POST", String(MAX_BODY_BYTES + 1), 413],
  ["TRACE", undefined, 405],
  ["OPTIONS", undefined, 405],
  ["PUT", "1", 405],
  ["DELETE", undefined, 405],
  ["PATCH", "1", 405],
  ["PROPFIND", undefined, 405],
  [undefined, undefined, 405],
])("%s with %s bytes is turned away with %s", (method, length, status) => {
  const headers = length === undefined ? {} : { "content-length": length };
  expect(refusalStatus({ method, headers }, { isOwn: false })).toBe(status);
});

test("a body in chunks is of unknown length, unless the desk has measured it before", () => {
  for (const method of ["POST", "GET"]) {
    const request = { method, headers: { "transfer-encoding": "chunked" } };
    expect(refusalStatus(request, { isOwn: false })).toBe(411);
    expect(refusalStatus(request, { isOwn: true })).toBeNull();
  }
});
