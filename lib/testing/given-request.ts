import { createTranslator } from "use-intl/core";
import type { SessionUser } from "@/lib/auth/session";
import type { Store } from "@/lib/db/store";
import messages from "@/lib/messages/en.json";
import { testStores } from "./stores";

/**
 * What a test says of the request that is being answered. A test takes this module in place of those
 * that ask the framework:
 *
 *     vi.mock("next/headers", () => import("@/lib/testing/given-request"));
 *     vi.mock("next-intl/server", () => import("@/lib/testing/given-request"));
 *     vi.mock("@/lib/auth/session", () => import("@/lib/testing/given-request"));
 *     vi.mock("@/lib/db/store", () => import("@/lib/testing/given-request"));
 */
export const given: {
  user: SessionUser | null;
  headers: Headers;
  cookies: Map<string, string>;
  store: Store | null;
} = { user: null, headers: new Headers(), cookies: new Map(), store: null };

/** Opens a store for the test file; the caller closes it. */
export async function givenStore(): Promise<{ readonly store: Store; close(): Promise<void> }> {
  const [first] = testStores;
  if (!first) throw new Error("There is no store to test with.");
  const opened = await first.open();
  given.store = opened.store;
  return opened;
}

export const currentUser = async () => given.user;

export const userOf = async () => given.user;

export const headers = async () => given.headers;

export const cookies = async () => ({
  get: (name: string) => {
    const value = given.cookies.get(name);
    return value === undefined ? undefined : { name, value };
  },
  set: (name: string, value: string) => void given.cookies.set(name, value),
});

export async function store(): Promise<Store> {
  if (!given.store) throw new Error("The test has not given a store.");
  return given.store;
}

export const getLocale = async () => "en";

export const getTranslations = async (namespace: "failures") =>
  createTranslator({ locale: "en", messages, namespace });
