import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { OpenedDatabase } from "../db/database";
import { accounts, savedViews } from "../db/schema";
import { testDatabases } from "../testing/test-databases";
import { deleteView, listSavedViews, MAX_VIEWS, renameView, saveView } from "./saved-views";

type Person = Pick<typeof accounts.$inferSelect, "id" | "role">;

describe.each(testDatabases)("saved views on $name", ({ open }) => {
  let opened: OpenedDatabase;
  let owner: Person;
  let other: Person;
  let admin: Person;

  const add = async (email: string, role: Person["role"]): Promise<Person> => {
    const values = { email: `${email}@example.com`, name: email, role, passwordHash: "x" };
    const [added] = await opened.db.insert(accounts).values(values).returning();
    if (!added) throw new Error("No account was added.");
    return added;
  };
  const save = (who: Person, name: string, isTeam: boolean, query = "fields=name") =>
    saveView(opened.db, who, { page: "lookup", name, query, isTeam });
  const mustSave = async (...given: Parameters<typeof save>): Promise<string> => {
    const saved = await save(...given);
    if (!saved.ok) throw new Error(saved.failure);
    return saved.value;
  };
  const list = (who: Person) => listSavedViews(opened.db, who, "lookup");
  const names = async (who: Person) => (await list(who)).map(({ name }) => name);
  const rename = (who: Person, id: string, name: string) =>
    renameView(opened.db, who, { page: "lookup", id, name });
  const remove = (who: Person, id: string) => deleteView(opened.db, who, { page: "lookup", id });
  const refused = (failure: string) => ({ ok: false, failure });

  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await opened.db.delete(accounts);
    owner = await add("owner", "support");
    other = await add("other", "product");
    admin = await add("admin", "admin");
  });

  describe("who may", () => {
    const people = { owner: () => owner, other: () => other, admin: () => admin };
    test.each([
      ["owner", false, { sees: true, mayChange: true, madeBy: null, change: "ok" }],
      ["other", false, { sees: false, change: "gone" }],
      ["admin", false, { sees: false, change: "gone" }],
      ["owner", true, { sees: true, mayChange: true, madeBy: null, change: "ok" }],
      ["other", true, { sees: true, mayChange: false, madeBy: "owner", change: "notYours" }],
      ["admin", true, { sees: true, mayChange: true, madeBy: "owner", change: "ok" }],
    ] as const)("%s, of the team: %s", async (who, isTeam, expected) => {
      const person = people[who]();
      const id = await mustSave(owner, "Silent", isTeam, "q=a");
      const { sees, change, ...rights } = expected;
      const seen = { id, name: "Silent", query: "q=a", isTeam, ...rights };
      expect(await list(person)).toEqual(sees ? [seen] : []);

      const outcome = change === "ok" ? { ok: true, value: id } : refused(change);
      expect(await rename(person, id, "Quiet")).toEqual(outcome);
      expect(await names(owner)).toEqual([change === "ok" ? "Quiet" : "Silent"]);
      expect(await remove(person, id)).toEqual(outcome);
      expect(await names(owner)).toEqual(change === "ok" ? [] : ["Silent"]);
    });
  });

  test("saving under one's own name again replaces, whatever its case and width", async () => {
    const id = await mustSave(owner, "Silent", false, "q=a");
    expect(await save(owner, "ＳＩＬＥＮＴ", false, "q=b")).toEqual({ ok: true, value: id });
    expect(await list(owner)).toMatchObject([{ id, name: "ＳＩＬＥＮＴ", query: "q=b" }]);
    const team = await mustSave(owner, "Straße", true, "q=a");
    expect(await save(owner, "STRASSE", true, "q=b")).toEqual({ ok: true, value: team });
    expect(await names(owner)).toEqual(["ＳＩＬＥＮＴ", "STRASSE"]);
  });

  test("two people, and a person and the team, may use one name", async () => {
    for (const [who, isTeam] of [
      [owner, false],
      [other, false],
      [other, true],
    ] as const) {
      await mustSave(who, "Silent", isTeam);
    }
    expect(await names(owner)).toEqual(["Silent", "Silent"]);
    expect(await names(admin)).toEqual(["Silent"]);
  });

  test("the team's name belongs to who took it, even before an administrator", async () => {
    await mustSave(owner, "Silent", true, "q=a");
    for (const who of [other, admin]) {
      expect(await save(who, "sILENT", true, "q=b")).toEqual(refused("nameTaken"));
    }
    expect(await list(other)).toMatchObject([{ name: "Silent", query: "q=a" }]);
  });

  test("of many who take a team's name at once, one gets it", async () => {
    const saved = await Promise.all([owner, other, admin].map((who) => save(who, "Silent", true)));
    expect(saved.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await names(owner)).toEqual(["Silent"]);
  });

  test.each([false, true])("a name in use is not given twice, of the team: %s", async (isTeam) => {
    await mustSave(owner, "Silent", isTeam);
    const id = await mustSave(owner, "Large", isTeam);
    expect(await rename(owner, id, "SILENT")).toEqual(refused("nameTaken"));
    expect(await rename(owner, id, "LARGE")).toEqual({ ok: true, value: id });
    expect(await names(owner)).toEqual(["LARGE", "Silent"]);
  });

  test("a page has its own names and views, and does not change another's", async () => {
    const id = await mustSave(owner, "Silent", true);
    const view = { page: "channels", name: "Silent", query: "", isTeam: true } as const;
    expect(await saveView(opened.db, other, view)).toMatchObject({ ok: true });
    expect(await list(other)).toMatchObject([{ id }]);
    const elsewhere = { page: "channels", id } as const;
    const renamed = await renameView(opened.db, owner, { ...elsewhere, name: "Quiet" });
    expect(renamed).toEqual(refused("gone"));
    expect(await deleteView(opened.db, owner, elsewhere)).toEqual(refused("gone"));
    expect(await names(owner)).toEqual(["Silent"]);
  });

  test("what is deleted is gone", async () => {
    const id = await mustSave(owner, "Silent", true);
    await remove(owner, id);
    expect(await rename(owner, id, "Quiet")).toEqual(refused("gone"));
    expect(await remove(owner, id)).toEqual(refused("gone"));
  });

  test("nobody has more than the most, not even by saving at once", async () => {
    const many = Array.from({ length: MAX_VIEWS - 1 }, (_, index) => `View ${index}`);
    for (const [index, name] of many.entries()) await mustSave(owner, name, index % 2 === 0);
    const saved = await Promise.all(["a", "b", "c"].map((name) => save(owner, name, false)));
    expect(saved.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await list(owner)).toHaveLength(MAX_VIEWS);
    expect(await save(owner, "one more", true)).toEqual(refused("tooMany"));

    await mustSave(owner, "View 1", false, "q=replaced");
    expect((await list(owner)).find(({ name }) => name === "View 1")?.query).toBe("q=replaced");
    await mustSave(other, "one more", true);
  });

  test("an account that is deleted takes its views along", async () => {
    await mustSave(owner, "Mine", false);
    await mustSave(owner, "Ours", true);
    await mustSave(other, "Theirs", true);
    await opened.db.delete(accounts).where(eq(accounts.id, owner.id));
    expect(await names(other)).toEqual(["Theirs"]);
    expect(await opened.db.$count(savedViews)).toBe(1);
  });

  test("the views of a database with another locale come in the same order", async () => {
    for (const name of ["b", "Ä", "가", "A", "頻道", "a2"]) await mustSave(owner, name, false);
    expect(await names(owner)).toEqual(["A", "a2", "b", "Ä", "頻道", "가"]);
  });

  test.each([
    ["another page", { page: sql`'kitchen'` }],
    ["an empty name", { name: "" }],
    ["too long a name", { name: "x".repeat(81) }],
    ["too long an address", { query: "x".repeat(4001) }],
  ])("the table itself refuses %s", async (_, change) => {
    const row = { page: "lookup", name: "a", nameKey: "A", query: "", isTeam: false } as const;
    const values = { ...row, ownerId: owner.id, updatedAt: new Date(), ...change };
    await expect(opened.db.insert(savedViews).values(values)).rejects.toThrow();
  });
});
