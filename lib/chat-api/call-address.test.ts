import { describe, expect, it } from "vitest";
import { sdkAppIdOf, withoutSignature } from "./request-body";

const address = (query: string) =>
  `https://console.tim.qq.com/v4/official_account_open_http_svc/get_subscribed_official_account_list?${query}`;

describe("sdkAppIdOf", () => {
  it.each([
    [address("sdkappid=1400000001&identifier=administrator"), 1_400_000_001],
    [address("identifier=administrator&sdkappid=88888888"), 88_888_888],
    [address("sdkappid=xxx"), null],
    [address("sdkappid=12345678901234567890"), null],
    [address("notsdkappid=1"), null],
    ["", null],
  ])("of %s is %s", (text, sdkAppId) => {
    expect(sdkAppIdOf(text)).toBe(sdkAppId);
  });
});

describe("withoutSignature", () => {
  it.each([
    [address("usersig=eJw-canary*_&random=1"), address("usersig=…&random=1")],
    [address("random=1&usersig=eJw-canary"), address("random=1&usersig=…")],
    ["curl 'https://x/?UserSig=eJw-canary' -d '{}'", "curl 'https://x/?UserSig=…' -d '{}'"],
    ["?u=https%3A%2F%2Fx%3Fusersig%3DeJw-canary%26a", "?u=https%3A%2F%2Fx%3Fusersig%3D…"],
    ["usersig=", "usersig="],
    ["107867", "107867"],
  ])("of %s", (text, hidden) => {
    expect(withoutSignature(text)).toBe(hidden);
    expect(withoutSignature(hidden)).toBe(hidden);
  });
});
