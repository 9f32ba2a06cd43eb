import type { Page } from "@playwright/test";
import { expectAccessible, isFull } from "./accessible";
import { untilAlive } from "./alive";
import { expect, test } from "./fixtures";
import { filterButton, LookupPage, openFilter, seemSlow } from "./lookup-page";

/** Brings a page to one of the screens that people meet. */
type Screen = (page: Page) => Promise<void>;

const asks =
  (query: string, words: string): Screen =>
  async (page) => {
    await page.goto(`/lookup${query}`);
    await expect(page.getByRole("main").getByText(words).first()).toBeVisible();
  };

const rows: Screen = async (page) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=107867");
  await expect(lookup.rows).toHaveCount(8);
};

const LOOKUP_STATES: Readonly<Record<string, Screen>> = {
  "nothing asked": asks("", "Enter or paste a subscriber ID"),
  rows,
  "all rows, filtered and in order": async (page) => {
    const lookup = new LookupPage(page);
    await lookup.open("?subscriber=follows-4999&sort=-subscriberCount&name=contains:a&q=1");
    await expect(page.getByText("complete", { exact: true })).toBeVisible();
    await lookup.rows.nth(1).getByRole("checkbox").check();
    await expect(page.getByText("1 selected")).toBeVisible();
  },
  "asked before many calls": async (page) => {
    await seemSlow(page);
    const query = "?subscriber=follows-10000&fields=name&sort=name&q=museum";
    await asks(`${query}&follows=%40TOA%23_none`, "Loading the rest takes")(page);
  },
  "a list that moved": asks("?subscriber=fault-shifting&whole=1", "The list changed"),
  "no match": asks("?subscriber=107867&q=nothing-like-it", "No channels match."),
  "a yes": asks(
    "?subscriber=107867&follows=test_mill_subscriber_OA",
    ", subscribed since November",
  ),
  "a middle page": asks("?subscriber=follows-10000&offset=5000&size=20", "5,001–5,020 of 10,000"),
  "hostile data": asks("?subscriber=fault-hostile", "DROP TABLE"),
  "an id that is none": asks("?subscriber=%40TOA%23_news", "This is a channel ID."),
  "an unknown user": asks("?subscriber=nobody-here", "No user with the ID “nobody-here”"),
  "no subscriptions": asks("?subscriber=follows-0", "does not subscribe to any channels"),
  "past the end": asks("?subscriber=follows-1&offset=500", "This page does not exist"),
  "the vendor refused": asks("?subscriber=error-60021", "60021"),
  "the vendor failed": asks("?subscriber=fault-html", "invalid response"),
  "a refresh that failed": async (page) => {
    await rows(page);
    await page.context().setOffline(true);
    await page.getByRole("button", { name: "Refresh" }).click();
    await expect(page.getByText("Could not refresh.")).toBeVisible();
    await page.context().setOffline(false);
  },
  "no such page": async (page) => {
    await page.goto("/no-such-page");
    await expect(page.getByText("Page not found")).toBeVisible();
  },
};

const OPENED_FROM_A_LOOKUP: Readonly<Record<string, Screen>> = {
  "the column picker": async (page) => {
    await rows(page);
    await page.getByRole("button", { name: /^Columns/ }).click();
    await expect(page.getByRole("dialog", { name: "Columns" })).toBeVisible();
  },
  "a filter": async (page) => {
    await rows(page);
    await page.setViewportSize({ width: 1440, height: 800 });
    await openFilter(page, "Last message");
  },
  "the filter sheet": async (page) => {
    await page.setViewportSize({ width: 390, height: 800 });
    await rows(page);
    await filterButton(page).click();
    await expect(page.getByRole("dialog")).toBeVisible();
  },
  "the saved views": async (page) => {
    await rows(page);
    await page.getByRole("button", { name: "Views" }).click();
    await expect(page.getByRole("button", { name: "Save this view…" })).toBeVisible();
  },
  "the drawer of a row": async (page) => {
    await rows(page);
    await page.getByRole("button", { name: "test_mill_subscriber_OA" }).click();
    await expect(page.getByRole("dialog").getByText("1698894911")).toBeVisible();
  },
  "the inspector": async (page) => {
    await rows(page);
    await page.getByRole("button", { name: "API inspector" }).click();
    await expect(page.getByRole("dialog").getByText("curl -")).toBeVisible();
  },
  "the command palette": async (page) => {
    await rows(page);
    await page.keyboard.press("ControlOrMeta+k");
    await expect(page.getByRole("dialog").getByRole("combobox")).toBeFocused();
  },
  "the help sheet": async (page) => {
    await rows(page);
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  },
  "a pasted request": async (page) => {
    const lookup = new LookupPage(page);
    await lookup.open();
    await lookup.field.fill('{"Subscriber_Account": "107867", "Limit": 20}');
    await expect(page.getByText("Found")).toBeVisible();
  },
  "the account": async (page) => {
    await rows(page);
    await page.getByRole("button", { name: /^Account/ }).click();
    await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
  },
};

const SIGNED_OUT: Readonly<Record<string, Screen>> = {
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

const WHOLE_PAGES = new Set(["rows", "all rows, filtered and in order", "sign-in"]);

/** Screens of parts that others have too: only `npm run test:full` checks them. */
const SIMILAR = new Set([
  ...["nothing asked", "a list that moved", "no match", "a middle page", "no subscriptions"],
  ...["past the end", "the vendor failed", "the saved views", "the help sheet", "a pasted request"],
  ...["the account"],
]);

/** Checks one screen after another in one browser, which loads the scripts once. */
async function expectAllAccessible(page: Page, screens: Readonly<Record<string, Screen>>) {
  test.slow();
  const size = page.viewportSize();
  const checked = Object.entries(screens).filter(([name]) => isFull || !SIMILAR.has(name));
  for (const [name, open] of checked) {
    await test.step(name, async () => {
      if (size) await page.setViewportSize(size);
      await open(page);
      await expectAccessible(page, { onlySerious: true, isState: !WHOLE_PAGES.has(name) });
    });
  }
}

test("every state of a lookup is accessible", ({ page }) =>
  expectAllAccessible(page, LOOKUP_STATES));

test("everything that opens from a lookup is accessible", ({ page }) =>
  expectAllAccessible(page, OPENED_FROM_A_LOOKUP));

test.describe("signed out", () => {
  test.use({ role: null });

  test("the sign-in page is accessible", ({ page }) => expectAllAccessible(page, SIGNED_OUT));
});

test("the check reports a violation and a page that is too wide", async ({ page }) => {
  const lookup = new LookupPage(page);
  await lookup.open();
  await page.evaluate(() => document.body.append(document.createElement("button")));
  await expect(expectAccessible(page)).rejects.toThrow(/button-name/);
  await lookup.open();
  await page.evaluate(() => {
    const wide = document.createElement("div");
    wide.style.width = "2000px";
    wide.style.height = "1px";
    document.body.append(wide);
  });
  await expect(expectAccessible(page)).rejects.toThrow(/own width/);
});
