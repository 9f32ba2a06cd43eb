import { expect, type Page } from "@playwright/test";
import { untilAlive } from "./alive";
import { LookupPage } from "./lookup-page";

/** Brings a page to one of the screens a person may meet. */
type Scene = (page: Page) => Promise<void>;

const asks =
  (query: string, words: string): Scene =>
  async (page) => {
    await page.goto(`/lookup${query}`);
    await expect(page.getByRole("main").getByText(words).first()).toBeVisible();
  };

const rows: Scene = async (page) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=107867");
  await expect(lookup.rows).toHaveCount(8);
};

/** The screens of a person who is signed in. */
export const SCENES: Readonly<Record<string, Scene>> = {
  "nothing asked": asks("", "Paste a user id"),
  rows,
  "the column picker": async (page) => {
    await rows(page);
    await page.getByRole("button", { name: /^Columns/ }).click();
    await expect(page.getByRole("dialog", { name: "Columns" })).toBeVisible();
  },
  "the account": async (page) => {
    await rows(page);
    await page.getByRole("button", { name: /^Account/ }).click();
    await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
  },
  "a middle page": asks("?subscriber=follows-10000&offset=5000&size=20", "5,001–5,020 of 10,000"),
  "hostile data": asks("?subscriber=fault-hostile", "DROP TABLE"),
  "an id that is none": asks("?subscriber=%40TOA%23_news", "This is a channel’s id."),
  "an unknown user": asks("?subscriber=nobody-here", "No user nobody-here"),
  "no subscriptions": asks("?subscriber=follows-0", "follows no channel"),
  "past the end": asks("?subscriber=follows-1&offset=500", "past the end"),
  "the vendor refused": asks("?subscriber=error-60021", "60021"),
  "the vendor failed": asks("?subscriber=fault-html", "cannot be trusted"),
  "a refresh that failed": async (page) => {
    await rows(page);
    await page.context().setOffline(true);
    await page.getByRole("button", { name: "Refresh" }).click();
    await expect(page.getByText("Not refreshed.")).toBeVisible();
    await page.context().setOffline(false);
  },
  "no such page": async (page) => {
    await page.goto("/no-such-page");
    await expect(page.getByText("There is no page at this address.")).toBeVisible();
  },
};

/** The screens before signing in. */
export const DOOR: Readonly<Record<string, Scene>> = {
  "sign-in": async (page) => {
    await page.goto("/sign-in");
    await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
  },
  "a sign-in that failed": async (page) => {
    await page.goto("/sign-in");
    await untilAlive(page.getByRole("textbox", { name: "Email" }));
    await page.getByRole("textbox", { name: "Email" }).fill("nobody@demo.test");
    await page.getByRole("textbox", { name: "Password" }).fill("wrong");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
  },
};
