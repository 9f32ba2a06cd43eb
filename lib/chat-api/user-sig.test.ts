import { createRequire } from "node:module";
import { inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { signUserSig, UserSigCache } from "./user-sig";

const KEY = {
  sdkAppId: 1400000000,
  adminId: "administrator",
  secretKey: "0123456789abcdef".repeat(4),
};
const DAY = 86_400_000;

function opened(userSig: string): Record<string, unknown> {
  const base64 = userSig.replaceAll("*", "+").replaceAll("-", "/").replaceAll("_", "=");
  return JSON.parse(inflateSync(Buffer.from(base64, "base64")).toString());
}

describe("signUserSig", () => {
  it("makes the published signature", () => {
    expect(opened(signUserSig(KEY, 1_700_000_000, 86_400))).toEqual({
      "TLS.ver": "2.0",
      "TLS.identifier": "administrator",
      "TLS.sdkappid": 1400000000,
      "TLS.time": 1_700_000_000,
      "TLS.expire": 86_400,
      "TLS.sig": "9awWeUL8MxxbBn8dhB0Jvuo0JKIh4dNCLkGIX4n5fd0=",
    });
  });

  it("agrees with the vendor's own package", () => {
    const { Api } = createRequire(import.meta.url)("tls-sig-api-v2");
    const theirs = opened(new Api(KEY.sdkAppId, KEY.secretKey).genSig(KEY.adminId, 86_400));
    const ours = opened(signUserSig(KEY, Number(theirs["TLS.time"]), 86_400));
    expect(ours).toEqual(theirs);
  });

  it("survives a query string as it is", () => {
    for (let second = 0; second < 200; second++) {
      const userSig = signUserSig(KEY, 1_700_000_000 + second, 86_400);
      expect(new URLSearchParams({ userSig }).toString()).toBe(`userSig=${userSig}`);
    }
  });
});

describe("UserSigCache", () => {
  const START = Date.UTC(2026, 0, 1);
  const issuedAt = (cache: UserSigCache) => Number(opened(cache.current())["TLS.time"]) * 1000;

  it("keeps a signature for most of its day and renews it before the end", () => {
    let now = START;
    const cache = new UserSigCache(KEY, () => now);
    expect(issuedAt(cache)).toBe(START);
    now = START + 0.79 * DAY;
    expect(issuedAt(cache)).toBe(START);
    now = START + 0.81 * DAY;
    expect(issuedAt(cache)).toBe(now);
  });

  it("signs again when the clock was set back", () => {
    let now = START;
    const cache = new UserSigCache(KEY, () => now);
    cache.current();
    now = START - DAY;
    expect(issuedAt(cache)).toBe(now);
  });

  it("replaces a refused signature once, however many calls were refused with it", () => {
    let now = START;
    const cache = new UserSigCache(KEY, () => now);
    const refused = cache.current();
    now += 1000;
    cache.drop(refused);
    const fresh = cache.current();
    expect(fresh).not.toBe(refused);
    now += 1000;
    cache.drop(refused);
    expect(cache.current()).toBe(fresh);
  });
});
