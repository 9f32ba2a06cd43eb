import { type APIRequest, type BrowserContextOptions, expect } from "@playwright/test";
import { SAMPLE_PASSWORD } from "@/lib/cli/sample-people";
import type { OTHER_PEOPLE } from "./seeded-database";

export type Role = "support" | "product" | "admin";
export type Session = Exclude<BrowserContextOptions["storageState"], string | undefined>;

/** Of a browser that has not signed in. */
export const NO_SESSION: Session = { cookies: [], origins: [] };

/** The cookies of a sample person who has signed in to a desk. */
export async function signIn(
  request: APIRequest,
  url: string,
  person: Role | (typeof OTHER_PEOPLE)[number],
): Promise<Session> {
  // Without the session of the test, which signing in anew would end.
  const visitor = await request.newContext({ baseURL: url, storageState: NO_SESSION });
  const { csrfToken } = await (await visitor.get("/api/auth/csrf")).json();
  const form = { csrfToken, email: `${person}@demo.test`, password: SAMPLE_PASSWORD, json: "true" };
  const answer = await visitor.post("/api/auth/callback/credentials", { form });
  expect(answer.status(), await answer.text()).toBe(200);
  const session = await visitor.storageState();
  await visitor.dispose();
  return session;
}
