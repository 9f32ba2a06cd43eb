// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { PageViews } from "@/components/listing/views/view-forms";
import { ViewsMenu } from "@/components/listing/views/views-menu";
import type { SessionUser } from "@/lib/auth/current-user";
import { accounts, savedViews } from "@/lib/db/schema";
import messages from "@/lib/messages/en.json";
import { deskEnvironment } from "@/lib/testing/desk-environment";
import { sessionUser } from "@/lib/testing/session-user";
import { openTestDatabase, testRequest } from "@/lib/testing/test-request";
import { saveView } from "@/lib/views/saved-views";
import { viewQuery } from "../search-params";
import { deleteView, listViews, renameView, saveView as saveAction } from "./view-actions";

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

let ann: SessionUser;
let bo: SessionUser;
beforeEach(async () => {
  await opened.db.delete(accounts);
  const person = { role: "support", passwordHash: "x" } as const;
  const [first, second] = await opened.db
    .insert(accounts)
    .values([
      { ...person, name: "Ann", email: "ann@example.com" },
      { ...person, name: "Bo", email: "bo@example.com" },
    ])
    .returning();
  if (!first || !second) throw new Error("No account was added.");
  [ann, bo] = [first, second].map(({ id }) => ({ ...sessionUser("support"), id })) as [
    SessionUser,
    SessionUser,
  ];
  testRequest.user = ann;
  testRequest.db = opened.db;
});

const VIEWS: PageViews = {
  page: "lookup",
  list: listViews,
  save: saveAction,
  rename: renameView,
  remove: deleteView,
  canonical: viewQuery,
};

const onApply = vi.fn();

function open(query = "fields=name") {
  onApply.mockReset();
  render(
    <NextIntlClientProvider locale="en" messages={messages}>
      <QueryClientProvider
        client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}
      >
        <ViewsMenu
          views={VIEWS}
          query={viewQuery(query)}
          onApply={onApply}
          trigger={<button type="button">Views</button>}
        />
      </QueryClientProvider>
    </NextIntlClientProvider>,
  );
  return within(screen.getByRole("dialog", { name: "Views" }));
}

const add = (who: SessionUser, name: string, isTeam = false, query = "q=a") =>
  saveView(opened.db, who, { page: "lookup", name, query, isTeam });

test("says that there is none yet, and saves the present one", async () => {
  const menu = open("fields=name&q=b");
  await menu.findByText(/^No saved views yet/);
  fireEvent.click(menu.getByRole("button", { name: "Save this view…" }));
  const name = menu.getByRole("textbox", { name: "Name" });
  expect(document.activeElement).toBe(name);
  fireEvent.change(name, { target: { value: "  Silent  channels " } });
  fireEvent.click(menu.getByRole("radio", { name: "Everyone on the team" }));
  fireEvent.click(menu.getByRole("button", { name: "Save" }));

  await menu.findByText("Saved as “Silent channels”.");
  const view = menu.getByRole("button", { name: "Silent channels" });
  expect(view.getAttribute("aria-current")).toBe("true");
  expect(menu.getByRole("heading", { name: "Team views" })).toBeTruthy();
  const [row] = await opened.db.select().from(savedViews);
  expect(row).toMatchObject({ query: "fields=name&q=b", isTeam: true, ownerId: ann.id });
});

test("applies a view and closes", async () => {
  await add(ann, "Mine", false, "q=mine");
  const menu = open();
  fireEvent.click(await menu.findByRole("button", { name: "Mine" }));
  expect(onApply).toHaveBeenCalledExactlyOnceWith("q=mine");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

test("offers to change one's own, not another's", async () => {
  await add(ann, "Mine");
  await add(bo, "His\u202e", true);
  const menu = open();
  await menu.findByRole("button", { name: "Rename Mine" });
  expect(menu.getByRole("button", { name: /^His\[U\+202E\]\s*by Bo$/ })).toBeTruthy();
  expect(menu.queryByRole("button", { name: /^(Rename|Delete) His/ })).toBeNull();
});

test("a name that is taken stays in the form, with the reason", async () => {
  await add(ann, "Mine");
  await add(ann, "Other");
  const menu = open();
  fireEvent.click(await menu.findByRole("button", { name: "Rename Other" }));
  const name = menu.getByRole("textbox", { name: "Name" });
  fireEvent.change(name, { target: { value: "MINE" } });
  fireEvent.submit(name);
  expect((await menu.findByRole("alert")).textContent).toContain("Another view has this name.");
  expect(menu.getByRole("textbox", { name: "Name" })).toHaveProperty("value", "MINE");
});

test("deletes only after asking, and the focus stays in the menu", async () => {
  await add(ann, "Mine", true);
  const menu = open();
  const button = await menu.findByRole("button", { name: "Delete Mine" });
  button.focus();
  fireEvent.click(button);
  const question = menu.getByRole("group", { name: "Delete Mine" });
  expect(question.textContent).toContain("Delete “Mine”? It is removed for the whole team.");
  fireEvent.click(menu.getByRole("button", { name: "Cancel" }));
  expect(document.activeElement).toBe(button);
  expect(await opened.db.$count(savedViews)).toBe(1);

  fireEvent.click(button);
  fireEvent.click(menu.getByRole("button", { name: "Delete" }));
  await menu.findByText("Deleted “Mine”.");
  expect(menu.queryByRole("button", { name: "Mine" })).toBeNull();
  expect(document.activeElement).toBe(screen.getByRole("dialog"));
  expect(await opened.db.$count(savedViews)).toBe(0);
});

test("says what is wrong, and tries again", async () => {
  await add(ann, "Mine");
  testRequest.db = null;
  const menu = open();
  expect((await menu.findByRole("alert")).textContent).toContain("Could not reach Channel Desk.");
  testRequest.db = opened.db;
  fireEvent.click(menu.getByRole("button", { name: "Retry" }));
  await menu.findByRole("button", { name: "Mine" });
});

test("a session that has ended is said in words", async () => {
  testRequest.user = null;
  expect((await open().findByRole("alert")).textContent).toContain("Your session has ended.");
});

test("what is too long to be saved says so", async () => {
  const menu = open(`q=${"x".repeat(4000)}`);
  fireEvent.click(menu.getByRole("button", { name: "Save this view…" }));
  expect(menu.getByRole("alert").textContent).toContain("4,002 of up to 4,000 characters");
  expect(menu.queryByRole("textbox")).toBeNull();
});
