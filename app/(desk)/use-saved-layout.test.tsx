// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { DEFAULT_LAYOUT, type TableLayout } from "@/components/data-table/layout";
import type { SessionUser } from "@/lib/auth/current-user";
import { accounts } from "@/lib/db/schema";
import { getPreferences } from "@/lib/preferences/preferences";
import { deskEnvironment } from "@/lib/testing/desk-environment";
import { sessionUser } from "@/lib/testing/session-user";
import { openTestDatabase, testRequest } from "@/lib/testing/test-request";
import { useSavedLayout } from "./use-saved-layout";

vi.mock("next/headers", () => import("@/lib/testing/test-request"));
vi.mock("next-intl/server", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/auth/current-user", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/db/database", () => import("@/lib/testing/test-request"));

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let ann: SessionUser;
beforeAll(async () => {
  opened = await openTestDatabase();
  for (const [name, value] of Object.entries(deskEnvironment("http://desk.test"))) {
    vi.stubEnv(name, value);
  }
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await opened.close();
});
beforeEach(async () => {
  await opened.db.delete(accounts);
  const values = {
    email: "a@example.com",
    name: "Ann",
    role: "support",
    passwordHash: "x",
  } as const;
  const [added] = await opened.db.insert(accounts).values(values).returning();
  if (!added) throw new Error("No account was added.");
  ann = { ...sessionUser("support"), id: added.id };
  testRequest.user = ann;
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const open = () => {
  const client = new QueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  return renderHook(() => useSavedLayout("lookupTable", DEFAULT_LAYOUT), { wrapper });
};
type Opened = ReturnType<typeof open>["result"];
const change = (result: Opened, layout: TableLayout) => act(() => result.current[1](layout));
const pass = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds));
const stored = async () => (await getPreferences(opened.db, ann.id)).lookupTable;
const wide = (name: number): TableLayout => ({ ...DEFAULT_LAYOUT, widths: { name } });

test("a change acts at once, and the last one is stored a moment later", async () => {
  const { result } = open();
  expect(result.current[0]).toEqual(DEFAULT_LAYOUT);
  change(result, wide(100));
  await pass(400);
  change(result, wide(200));
  expect(result.current[0]).toEqual(wide(200));
  await pass(400);
  expect(await stored()).toEqual(DEFAULT_LAYOUT);
  await pass(100);
  await vi.waitFor(async () => expect(await stored()).toEqual(wide(200)));
});

test.each([
  ["the page is left", () => dispatchEvent(new Event("pagehide"))],
  ["it goes out of sight", () => document.dispatchEvent(new Event("visibilitychange"))],
  ["the table goes away", cleanup],
])("nothing waits when %s", async (_, leave) => {
  const { result } = open();
  change(result, wide(300));
  act(() => void leave());
  await vi.waitFor(async () => expect(await stored()).toEqual(wide(300)));
});

test("a table that comes back on the same page has its last arrangement", () => {
  change(open().result, wide(400));
  cleanup();
  expect(open().result.current[0]).toEqual(wide(400));
});

test("what cannot be stored stays, says so, and is stored with the next change", async () => {
  const { result } = open();
  testRequest.user = null;
  change(result, wide(500));
  // Each attempt asks a real server, and the pauses between attempts pass by the clock of the test.
  await vi.waitFor(async () => {
    await pass(5_000);
    expect(result.current[2].unsaved).toBe(true);
  });
  expect(result.current[0]).toEqual(wide(500));

  testRequest.user = ann;
  change(result, wide(600));
  await pass(600);
  await vi.waitFor(async () => expect(await stored()).toEqual(wide(600)));
  await pass(0);
  expect(result.current[2].unsaved).toBe(false);
});
