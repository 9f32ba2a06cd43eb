import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { deskEnvironment } from "@/lib/testing/desk-environment";
import { deskPeople } from "@/lib/testing/desk-people";
import { given, givenStore } from "@/lib/testing/given-request";
import { sessionUser } from "@/lib/testing/session-user";
import { newLink, openedLink } from "./link-access";
import { LINK_ID } from "./link-address";

vi.mock("next/headers", () => import("@/lib/testing/given-request"));
vi.mock("@/lib/auth/session", () => import("@/lib/testing/given-request"));
vi.mock("@/lib/db/store", () => import("@/lib/testing/given-request"));

let opened: Awaited<ReturnType<typeof givenStore>>;
beforeAll(async () => {
  for (const [name, value] of Object.entries(deskEnvironment("http://desk.test"))) {
    vi.stubEnv(name, value);
  }
  vi.stubEnv("LOOKUPS_PER_MINUTE", "1");
  opened = await givenStore();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await opened.close();
});
/** Makes a new person the one who asks. */
async function signInAs(name: string) {
  const { id } = await deskPeople(opened.store).add(name);
  given.user = { ...sessionUser("support"), id };
}

let count = 0;
beforeEach(() => signInAs(`person-${count++}`));

test("a link is opened by whoever may enter its room", async () => {
  const id = (await newLink("lookup", "subscriber=1")) ?? "";
  expect(id).toMatch(LINK_ID);
  expect(await openedLink("lookup", id)).toBe("subscriber=1");
  given.user = null;
  expect(await openedLink("lookup", id)).toBeNull();
});

test("nobody fills the store with links", async () => {
  for (let turn = 0; turn < 10; turn++) expect(await newLink("lookup", "q=a")).not.toBeNull();
  expect(await newLink("lookup", "q=a")).toBeNull();
  await signInAs("another");
  expect(await newLink("lookup", "q=a")).not.toBeNull();
  given.user = null;
  expect(await newLink("lookup", "q=a")).toBeNull();
});

test("what is too long has none", async () => {
  expect(await newLink("lookup", "q".repeat(8001))).toBeNull();
});
