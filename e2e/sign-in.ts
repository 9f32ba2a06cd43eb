import { type APIRequest, type BrowserContextOptions, expect } from "@playwright/test";
import { SAMPLE_PASSWORD } from "@/lib/cli/sample-people";

export type Role = "support" | "product" | "admin";
export type Session = Exclude<BrowserContextOptions["storageState"], string | undefined>;

/** The cookies of a person who has signed in to a desk. */
export async function signIn(request: APIRequest, url: string, role: Role): Promise<Session> {
  const visitor = await request.newContext({ baseURL: url });
  const { csrfToken } = await (await visitor.get("/api/auth/csrf")).json();
  const form = { csrfToken, email: `${role}@demo.test`, password: SAMPLE_PASSWORD, json: "true" };
  const answer = await visitor.post("/api/auth/callback/credentials", { form });
  expect(answer.status(), await answer.text()).toBe(200);
  const session = await visitor.storageState();
  await visitor.dispose();
  return session;
}
