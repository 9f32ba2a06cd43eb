import { createTranslator } from "use-intl/core";
import type { SessionUser } from "@/lib/auth/current-user";
import type { Database } from "@/lib/db/database";
import messages from "@/lib/messages/en.json";
import { testDatabases } from "./test-databases";

/**
 * The request that is being answered, as the test sets it. A test uses this module in place of those that
 * ask the framework:
 *
 *     vi.mock("next/headers", () => import("@/lib/testing/test-request"));
 *     vi.mock("next-intl/server", () => import("@/lib/testing/test-request"));
 *     vi.mock("@/lib/auth/current-user", () => import("@/lib/testing/test-request"));
 *     vi.mock("@/lib/db/database", () => import("@/lib/testing/test-request"));
 */
export const testRequest: {
  user: SessionUser | null;
  headers: Headers;
  cookies: Map<string, string>;
  db: Database | null;
} = { user: null, headers: new Headers(), cookies: new Map(), db: null };

/** Opens a database for the test file; the caller closes it. */
export async function openTestDatabase(): Promise<{
  readonly db: Database;
  close(): Promise<void>;
}> {
  const [first] = testDatabases;
  if (!first) throw new Error("There is no database to test with.");
  const opened = await first.open();
  testRequest.db = opened.db;
  return opened;
}

export const currentUser = async () => testRequest.user;

export const userOf = async () => testRequest.user;

export const headers = async () => testRequest.headers;

export const cookies = async () => ({
  get: (name: string) => {
    const value = testRequest.cookies.get(name);
    return value === undefined ? undefined : { name, value };
  },
  set: (name: string, value: string) => void testRequest.cookies.set(name, value),
});

export async function database(): Promise<Database> {
  if (!testRequest.db) throw new Error("The test has opened no database.");
  return testRequest.db;
}

export const getLocale = async () => "en";

export const getTranslations = async (namespace: "failures") =>
  createTranslator({ locale: "en", messages, namespace });
