// @vitest-environment happy-dom
import { resolve } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { createTranslator } from "use-intl/core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { DEFAULT_LAYOUT, type TableLayout } from "@/components/data-table/layout";
import type { User } from "@/lib/auth/accounts";
import { openDatabase } from "@/lib/db/embedded";
import { accounts } from "@/lib/db/schema";
import type { OpenedStore, Store } from "@/lib/db/store";
import messages from "@/lib/messages/en.json";
import { getPreferences } from "@/lib/preferences";
import { useTableLayout } from "./use-table-layout";

const desk = vi.hoisted(() => ({ user: null as User | null, store: null as Store | null }));
vi.mock("@/lib/auth/session", () => ({ currentUser: async () => desk.user }));
vi.mock("@/lib/db/store", () => ({ store: async () => desk.store }));
vi.mock("next-intl/server", () => ({
  getTranslations: async (namespace: "failures") =>
    createTranslator({ locale: "en", messages, namespace }),
}));

let opened: OpenedStore;
let ann: User;
beforeAll(async () => {
  opened = await openDatabase(new PGlite(), resolve("lib/db/migrations"));
  desk.store = opened.store;
});
afterAll(() => opened.close());
beforeEach(async () => {
  await opened.store.delete(accounts);
  const values = {
    email: "a@example.com",
    name: "Ann",
    role: "support",
    passwordHash: "x",
  } as const;
  const [added] = await opened.store.insert(accounts).values(values).returning();
  if (!added) throw new Error("No account was added.");
  desk.user = ann = added;
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
  return renderHook(() => useTableLayout(DEFAULT_LAYOUT), { wrapper });
};
type Opened = ReturnType<typeof open>["result"];
const change = (result: Opened, layout: TableLayout) => act(() => result.current[1](layout));
const pass = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds));
const stored = async () => (await getPreferences(opened.store, ann.id)).lookupTable;
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
  desk.user = null;
  change(result, wide(500));
  await pass(20_000);
  expect(result.current[0]).toEqual(wide(500));
  expect(result.current[2].unsaved).toBe(true);

  desk.user = ann;
  change(result, wide(600));
  await pass(600);
  await vi.waitFor(async () => expect(await stored()).toEqual(wide(600)));
  await pass(0);
  expect(result.current[2].unsaved).toBe(false);
});
