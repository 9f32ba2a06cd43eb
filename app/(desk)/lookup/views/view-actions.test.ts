import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { accounts, preferences, savedViews } from "@/lib/db/schema";
import { deskEnvironment } from "@/lib/testing/desk-environment";
import { catchLog } from "@/lib/testing/desk-log";
import { sessionUser } from "@/lib/testing/session-user";
import { openTestDatabase, testRequest } from "@/lib/testing/test-request";
import { savePreference } from "../../preference-actions";
import { deleteView, listViews, renameView, saveView } from "./view-actions";

vi.mock("next/headers", () => import("@/lib/testing/test-request"));
vi.mock("next-intl/server", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/auth/current-user", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/db/database", () => import("@/lib/testing/test-request"));

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
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
  catchLog();
  await opened.db.delete(accounts);
  const values = {
    email: "a@example.com",
    name: "Ann",
    role: "support",
    passwordHash: "x",
  } as const;
  const [added] = await opened.db.insert(accounts).values(values).returning();
  testRequest.user = added ? { ...sessionUser("support"), id: added.id } : null;
});

const ID = "00000000-0000-4000-8000-000000000000";
const VIEW = { name: "Silent", query: "q=a", isTeam: false };

/** What a browser might send to an action, whatever its type says. */
async function send<Input>(
  action: (input: Input) => Promise<{ answer: Promise<unknown> }>,
  input: unknown,
): Promise<unknown> {
  return (await action(input as Input)).answer;
}

const refused = (code: string) => ({ ok: false, failure: { code } });

describe("the actions of saved views", () => {
  it("save, list, rename and delete for who is signed in", async () => {
    const saved = await send(saveView, { ...VIEW, name: "  Silent\n channels " });
    const [row] = await opened.db.select().from(savedViews);
    expect(row).toMatchObject({
      name: "Silent channels",
      ownerId: testRequest.user?.id,
      page: "lookup",
    });
    const done = { ok: true, value: { ok: true, value: row?.id } };
    expect(saved).toEqual(done);
    expect(await send(listViews, null)).toMatchObject({ ok: true, value: [{ id: row?.id }] });
    expect(await send(renameView, { id: row?.id, name: "Quiet" })).toEqual(done);
    expect(await send(deleteView, row?.id)).toEqual(done);
    expect(await send(listViews, null)).toEqual({ ok: true, value: [] });
  });

  it("give what the database refuses as a value", async () => {
    const gone = { ok: true, value: { ok: false, failure: "gone" } };
    expect(await send(renameView, { id: ID, name: "Quiet" })).toEqual(gone);
    expect(await send(deleteView, ID)).toEqual(gone);
  });

  it.each([
    ["an address of somebody", { ...VIEW, query: "subscriber=107867" }],
    ["an address too long", { ...VIEW, query: `q=${"x".repeat(4000)}` }],
    ["a name that cannot be seen", { ...VIEW, name: "\u200b " }],
    ["a name too long", { ...VIEW, name: "x".repeat(81) }],
    ["an owner", { ...VIEW, ownerId: ID }],
    ["no choice of who sees it", { name: "Silent", query: "" }],
    ["nothing", undefined],
  ])("do not save %s", async (_, input) => {
    expect(await send(saveView, input)).toMatchObject(refused("invalid"));
    expect(await opened.db.$count(savedViews)).toBe(0);
  });

  it("take no id that is none", async () => {
    expect(await send(renameView, { id: "1 or 1=1", name: "a" })).toMatchObject(refused("invalid"));
    expect(await send(deleteView, { id: ID })).toMatchObject(refused("invalid"));
  });

  it("do nothing for who is not signed in", async () => {
    const id = (await opened.db.select({ id: accounts.id }).from(accounts))[0]?.id;
    testRequest.user = null;
    const attempts = [
      send(listViews, null),
      send(saveView, VIEW),
      send(renameView, { id, name: "a" }),
      send(deleteView, id),
      send(savePreference, { name: "singleKeys", value: false }),
    ];
    for (const attempt of attempts) expect(await attempt).toMatchObject(refused("signedOut"));
    expect(await opened.db.$count(savedViews)).toBe(0);
    expect(await opened.db.$count(preferences)).toBe(0);
  });
});

describe("the action of preferences", () => {
  it("stores one that is understood, and nothing else", async () => {
    expect(await send(savePreference, { name: "singleKeys", value: "no" })).toMatchObject(
      refused("invalid"),
    );
    expect(await opened.db.$count(preferences)).toBe(0);
    expect(await send(savePreference, { name: "singleKeys", value: false })).toMatchObject({
      ok: true,
    });
    expect(await opened.db.select().from(preferences)).toMatchObject([
      { accountId: testRequest.user?.id, name: "singleKeys", value: false },
    ]);
  });
});
