import type { IncomingHttpHeaders } from "node:http";
import { describe, expect, test } from "vitest";
import { trustedNetworks } from "./client-address";
import { MAX_BODY_BYTES, prepare, receiver, refusalOf } from "./incoming";

const receive = receiver(trustedNetworks(["10.0.0.0/8"]));
const said = {
  "x-request-id": "chosen",
  "x-desk-pass": "chosen",
  "x-nonce": "chosen",
  "x-path": "/chosen",
  "x-desk-host": "chosen.example",
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
      "x-desk-host": "desk.example",
      host: "desk.example",
    });
    expect(incoming.address).toBe("203.0.113.9");
    expect(incoming.requestId).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
  });

  test("from a trusted proxy: the client's address that it names, and nothing else", () => {
    const { incoming, headers } = received("10.0.0.1");
    expect(headers).toEqual({
      "x-request-id": incoming.requestId,
      "x-desk-pass": pass,
      "x-forwarded-for": "198.51.100.1",
      "x-desk-host": "desk.example",
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

const appUrl = new URL("https://desk.example:8443");

/** The status with which a request is refused, or null. */
function refused(request: Partial<Parameters<typeof refusalOf>[0]>, isOwn = false): number | null {
  const asked = { method: "GET", url: "/lookup", headers: {}, ...request };
  return refusalOf(asked, { isOwn }, appUrl)?.status ?? null;
}

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
  ["", undefined, 405],
])("%s with %s bytes is refused with %s", (method, length, status) => {
  const headers = length === undefined ? {} : { "content-length": length };
  expect(refused({ method, headers })).toBe(status);
});

test("a body in chunks is of unknown length, unless the desk has measured it before", () => {
  for (const method of ["POST", "GET"]) {
    const request = { method, headers: { "transfer-encoding": "chunked" } };
    expect(refused(request)).toBe(411);
    expect(refused(request, true)).toBeNull();
  }
});

test.each([
  ["/_next/static/../../lookup?subscriber=1", 400],
  ["/_next/static/%2e%2e/%2E%2e/lookup", 400],
  ["/_next/static\\..\\..\\lookup", 400],
  ["/./lookup", 400],
  ["//lookup", 400],
  ["/lookup#a", null],
  ["http://desk.example/lookup", 400],
  ["lookup", 400],
  ["?a", 400],
  ["/", null],
  ["/lookup?next=/../a", null],
  ["/a%2Fb/..c", null],
])("the target %s is refused with %s", (url, status) => {
  expect(refused({ url })).toBe(status);
});

const ANSWERED = ["empty", "document", undefined];
// All that the Fetch standard has.
const EMBEDDED = [
  ...["audio", "audioworklet", "embed", "fencedframe", "font", "frame", "iframe", "image"],
  ...["json", "manifest", "object", "paintworklet", "report", "script", "serviceworker", "text"],
  ...["sharedworker", "style", "track", "video", "webidentity", "worker", "xslt", "made-up", ""],
];

describe("what is no page and no fetch gets nothing but files of the build", () => {
  const asked = (url: string, dest: string | undefined) =>
    refused({ url, headers: { "sec-fetch-site": "same-origin", "sec-fetch-dest": dest } });

  test.each(EMBEDDED)("%s", (dest) => {
    for (const url of ["/lookup?subscriber=1", "/lookup/export?a", "/api/auth/session", "/"]) {
      expect(asked(url, dest), url).toBe(403);
    }
    for (const url of ["/_next/static/a.js", "/favicon.svg"]) {
      expect(asked(url, dest), url).toBeNull();
    }
  });

  test.each(ANSWERED)("%s is answered", (dest) => {
    expect(asked("/lookup/export?a", dest)).toBeNull();
  });
});

test.each([
  ["cross-site", 503],
  ["same-site", 503],
  ["none", 503],
  ["same-origin", null],
])("a page that is loaded ahead of a click from %s is refused with %s", (site, status) => {
  for (const purpose of ["prefetch", "prefetch;prerender", "prefetch;anonymous-client-ip"]) {
    const headers = { "sec-purpose": purpose, "sec-fetch-site": site };
    expect(refused({ headers: { ...headers, "sec-fetch-dest": "document" } })).toBe(status);
  }
});

describe("a form that is posted", () => {
  const posted = (headers: IncomingHttpHeaders) => refused({ method: "POST", headers });
  const ours = "https://desk.example:8443";

  test.each<[IncomingHttpHeaders, number | null]>([
    [{}, null],
    [{ origin: ours }, null],
    [{ origin: ours, "sec-fetch-site": "same-origin" }, null],
    [{ origin: "null", "sec-fetch-site": "same-origin" }, null],
    [{ origin: "https://other.example", host: "other.example" }, null],
    [{ origin: "null" }, 403],
    [{ origin: "null", "sec-fetch-site": "cross-site" }, 403],
    [{ "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" }, 403],
    [{ "sec-fetch-site": "same-site", origin: ours }, 403],
    [{ origin: "http://desk.example:8443", host: "desk.example:8443" }, 403],
    [{ origin: "https://desk.example", host: "desk.example:8443" }, 403],
    [{ origin: "https://evil.example", host: "desk.example:8443" }, 403],
  ])("with %j is refused with %s", (headers, status) => {
    expect(posted(headers)).toBe(status);
  });

  test("to the sign-in library is judged by the token of that", () => {
    const headers = { origin: "https://evil.example" };
    expect(refused({ method: "POST", url: "/api/auth/signout", headers })).toBeNull();
  });

  test("as an action reaches the guard, which says what is wrong", () => {
    expect(posted({ origin: "https://evil.example", "next-action": "a" })).toBeNull();
  });
});

describe("what the framework reads", () => {
  test("of an action is the host of its origin, and what the client sent is kept", () => {
    const headers: IncomingHttpHeaders = {
      ...{ host: "desk.example", origin: "https://desk.example:8443", "next-action": "a" },
    };
    receive({ headers, socket: {} });
    prepare({ method: "POST", headers });
    expect(headers).toMatchObject({ host: "desk.example:8443", "x-desk-host": "desk.example" });
    receive({ headers, socket: {} });
    expect(headers["x-desk-host"]).toBe("desk.example");
  });

  test("of anything else is the host that the client sent", () => {
    for (const origin of ["null", "https://evil.example"]) {
      const headers: IncomingHttpHeaders = { host: "desk.example", origin };
      prepare({ method: "GET", headers });
      expect(headers.host).toBe("desk.example");
    }
  });

  test("of a HEAD request is no session", () => {
    const headers: IncomingHttpHeaders = { cookie: "a=b" };
    prepare({ method: "GET", headers });
    expect(headers).toHaveProperty("cookie");
    prepare({ method: "HEAD", headers });
    expect(headers).not.toHaveProperty("cookie");
  });
});
