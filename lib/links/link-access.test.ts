import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { deskEnvironment } from "@/lib/testing/desk-environment";
import { deskPeople } from "@/lib/testing/desk-people";
import { sessionUser } from "@/lib/testing/session-user";
import { openTestDatabase, testRequest } from "@/lib/testing/test-request";
import { LINK_ID } from "./link-address";
import { newLink, openedLink } from "./links";

vi.mock("next/headers", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/auth/current-user", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/db/database", () => import("@/lib/testing/test-request"));

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  for (const [name, value] of Object.entries(deskEnvironment("http://desk.test"))) {
    vi.stubEnv(name, value);
  }
  vi.stubEnv("LOOKUPS_PER_MINUTE", "1");
  opened = await openTestDatabase();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await opened.close();
});
/** Makes a new person the one who asks. */
async function signInAs(name: string) {
  const { id } = await deskPeople(opened.db).add(name);
  testRequest.user = { ...sessionUser("support"), id };
}

let count = 0;
beforeEach(() => signInAs(`person-${count++}`));

test("a link is opened by whoever may enter its page", async () => {
  const id = (await newLink("lookup", "subscriber=1")) ?? "";
  expect(id).toMatch(LINK_ID);
  expect(await openedLink("lookup", id)).toBe("subscriber=1");
  testRequest.user = null;
  expect(await openedLink("lookup", id)).toBeNull();
});

test("nobody fills the database with links", async () => {
  for (let turn = 0; turn < 10; turn++) expect(await newLink("lookup", "q=a")).not.toBeNull();
  expect(await newLink("lookup", "q=a")).toBeNull();
  await signInAs("another");
  expect(await newLink("lookup", "q=a")).not.toBeNull();
  testRequest.user = null;
  expect(await newLink("lookup", "q=a")).toBeNull();
});

test("what is too long has none", async () => {
  expect(await newLink("lookup", "q".repeat(8001))).toBeNull();
});
