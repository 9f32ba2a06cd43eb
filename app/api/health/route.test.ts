import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Database } from "@/lib/db/database";
import { testRequest } from "@/lib/testing/test-request";
import { GET } from "./route";

vi.mock("@/lib/db/database", () => import("@/lib/testing/test-request"));

const execute = vi.fn();
beforeEach(() => {
  execute.mockReset();
  testRequest.db = { execute } as Partial<Database> as Database;
});
afterEach(() => {
  vi.useRealTimers();
});

async function health() {
  const answer = await GET();
  return [answer.status, await answer.json(), answer.headers.get("cache-control")];
}

test("is ok while the database answers", async () => {
  execute.mockResolvedValue([]);
  expect(await health()).toEqual([200, { status: "ok" }, "no-store"]);
});

test("says that the database is away, and again that it is back", async () => {
  execute.mockRejectedValueOnce(new Error("connect ECONNREFUSED"));
  expect(await health()).toEqual([503, { status: "database unavailable" }, "no-store"]);
  execute.mockResolvedValue([]);
  expect(await health()).toEqual([200, { status: "ok" }, "no-store"]);
});

test("says so when the database cannot be opened", async () => {
  testRequest.db = null;
  expect(await health()).toEqual([503, { status: "database unavailable" }, "no-store"]);
});

test("does not hang with a database that hangs, and asks it once for all who wait", async () => {
  vi.useFakeTimers();
  execute.mockReturnValue(new Promise(() => {}));
  const answers = [health(), health(), health()];
  await vi.advanceTimersByTimeAsync(3000);
  for (const answer of await Promise.all(answers)) {
    expect(answer).toEqual([503, { status: "database unavailable" }, "no-store"]);
  }
  expect(execute).toHaveBeenCalledTimes(1);
});
