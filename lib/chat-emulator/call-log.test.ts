import { expect, it } from "vitest";
import { type Call, recordCall } from "./api";

it("keeps the last 20,000 calls", () => {
  const calls: Call[] = [];
  for (let at = 0; at < 20_002; at++) {
    recordCall(calls, { at, command: "any", appId: 1, body: null, errorCode: 0 });
  }
  expect(calls).toHaveLength(20_000);
  expect([calls[0]?.at, calls.at(-1)?.at]).toStrictEqual([2, 20_001]);
});
