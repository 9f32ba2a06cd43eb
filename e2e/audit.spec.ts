import { readFile } from "node:fs/promises";
import type { BrowserContext, BrowserContextOptions, Page } from "@playwright/test";
import { axe } from "./accessible";
import { AuditPage } from "./audit-page";
import { readCsv } from "./exported";
import { test as base, expect } from "./fixtures";
import { LookupPage } from "./lookup-page";
import { type Role, signIn } from "./sign-in";

type OpenAs = (role: Role, options?: BrowserContextOptions) => Promise<Page>;

const test = base.extend<{ openAs: OpenAs }>({
  role: null,
  /** Opens pages of people at a desk of the test's own. */
  openAs: async ({ openDesk, apps, gateway, browser, playwright }, use) => {
    const desk = await openDesk(apps, gateway.url);
    const contexts: BrowserContext[] = [];
    await use(async (role, options = {}) => {
      const storageState = await signIn(playwright.request, desk.url, role);
      const context = await browser.newContext({ ...options, baseURL: desk.url, storageState });
      contexts.push(context);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
});

test("an administrator follows what somebody has looked up", async ({ openAs }) => {
  const support = new LookupPage(await openAs("support"));
  await support.open("?subscriber=107867");
  await expect(support.rows).toHaveCount(8);

  const page = await openAs("admin");
  await page.goto("/lookup");
  await page
    .getByRole("navigation", { name: "Rooms" })
    .getByRole("link", { name: "Audit" })
    .click();
  const audit = new AuditPage(page);
  await expect(page.getByText(/^The chain of \d+ rows is unbroken/)).toBeVisible();

  await audit.filter("Subscriber ID", "107867");
  await expect(page).toHaveURL("/audit?subscriber=107867");
  await expect(audit.active.getByText("Subscriber ID: 107867")).toBeVisible();
  await expect(audit.rows).toHaveCount(1);
  for (const [column, text] of [
    ["Person", "support@demo.test"],
    ["Role", "Support"],
    ["What", "Look up a subscriber"],
    ["Rows", "8"],
    ["Outcome", "Done"],
  ] as const) {
    await expect(audit.column(column)).toHaveText(text);
  }
  await expect(audit.column("About")).toContainText("demo");
  await audit
    .column("Fields")
    .getByText(/fields/)
    .click();
  await expect(audit.column("Fields").getByText("Last message")).toBeVisible();

  // That somebody looked for this subscriber's traces is one of them.
  await page.reload();
  await expect(audit.column("What")).toHaveText(["Read the audit", "Look up a subscriber"]);

  const download = page.waitForEvent("download");
  await audit.exportLink.click();
  const saved = await download;
  expect(saved.suggestedFilename()).toMatch(/^audit-\d{8}T\d{6}Z\.csv$/);
  const [head = [], ...lines] = readCsv(await readFile(await saved.path()));
  expect(lines.map((line) => line[head.indexOf("What")])).toEqual(["lookup", "audit.read"]);
  expect(lines[0]?.[head.indexOf("Subscriber ID")]).toBe("107867");

  await audit.active.getByRole("link", { name: "Reset" }).click();
  await expect(page).toHaveURL("/audit");
  await expect(audit.column("What").first()).toHaveText("Export the audit");
  await expect(audit.column("Outcome").first()).toHaveText("Done");
  await expect(audit.column("Rows").first()).toHaveText("2");

  await audit.filter("Request", "no such request");
  await expect(page.getByText("No row matches these filters.")).toBeVisible();
});

test("pages and orders are addresses, and stay while rows are written", async ({ openAs }) => {
  test.slow();
  const page = await openAs("admin");
  const audit = new AuditPage(page);
  // Each file of it is a row.
  await Promise.all(Array.from({ length: 55 }, () => page.request.get("/audit/export")));
  await page.goto("/audit");
  const [newest] = await audit.column("Request").locator("bdi").allInnerTexts();
  await expect(audit.header("Time")).toHaveAttribute("aria-sort", "descending");
  await audit.pages.getByRole("link", { name: "Next page" }).click();
  await expect(audit.pages.getByText("page 2 of 2", { exact: false })).toBeVisible();
  await audit.pages.getByRole("link", { name: "Previous page" }).click();
  await expect(audit.rows).toHaveCount(50);
  expect((await audit.column("Request").locator("bdi").allInnerTexts())[0]).toBe(newest);
  await page.getByRole("link", { name: "Show newer rows" }).click();
  await expect(page).toHaveURL("/audit");

  await audit.header("Time").getByRole("link").click();
  await expect(audit.header("Time")).toHaveAttribute("aria-sort", "ascending");
  await expect(page).toHaveURL("/audit?sort=time");
  await expect(audit.column("What").first()).toHaveText("Sign in");
  await audit.header("Duration").getByRole("link").click();
  await expect(page).toHaveURL("/audit?sort=-duration");
  await expect(audit.header("Time")).not.toHaveAttribute("aria-sort");

  // The person's clock is nine hours ahead, and the address means the same everywhere.
  const seoul = new AuditPage(await openAs("admin", { timezoneId: "Asia/Seoul" }));
  await seoul.page.goto("/audit");
  await seoul.page.reload();
  await seoul.filter("From", "2030-01-01T09:00");
  await expect(seoul.page).toHaveURL("/audit?from=2030-01-01T00%3A00%3A00Z");
  await expect(seoul.page.getByText("No row matches these filters.")).toBeVisible();
  await expect(seoul.filters.getByLabel("From", { exact: true })).toHaveValue("2030-01-01T09:00");
});

test("works without a script", async ({ openAs }) => {
  const page = await openAs("admin", { javaScriptEnabled: false });
  const audit = new AuditPage(page);
  await page.goto("/audit");
  await audit.filters.locator("summary", { hasText: "Actions" }).click();
  await audit.filters.getByRole("checkbox", { name: "Sign in", exact: true }).check();
  await audit.filters.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL("/audit?action=signIn");
  await expect(audit.rows).toHaveCount(1);
  await audit.active.getByRole("link", { name: "Remove filter What: Sign in" }).click();
  await expect(page).toHaveURL("/audit");
});

test("nobody else has such a page, and that they asked is in it", async ({ openAs }) => {
  const support = await openAs("support");
  expect((await support.goto("/audit"))?.status()).toBe(404);
  await expect(support.getByText("There is no page at this address.")).toBeVisible();
  expect((await support.request.get("/audit/export")).status()).toBe(403);
  await support.goto("/lookup");
  const rooms = support.getByRole("navigation", { name: "Rooms" });
  await expect(rooms.getByRole("link", { name: "Lookup" })).toBeVisible();
  await expect(rooms.getByRole("link", { name: "Audit" })).toHaveCount(0);

  const audit = new AuditPage(await openAs("admin"));
  await audit.page.goto("/audit?outcome=refused");
  await expect(audit.column("What")).toHaveText(["Export the audit", "Open a page"]);
  await expect(audit.column("Person")).toHaveText(["support@demo.test", "support@demo.test"]);
  await expect(audit.column("Outcome").first()).toHaveText("RefusednotAllowed");
});

test("is only read by opening it, not by what a browser fetches ahead", async ({ openAs }) => {
  const page = await openAs("admin");
  await page.goto("/lookup");
  await page.getByRole("link", { name: "Audit" }).hover();
  await page.waitForLoadState("networkidle");
  await page.goto("/audit?action=audit.read");
  await expect(page.getByText("No row matches these filters.")).toBeVisible();
});

test("has nothing serious for those who do not see it, at any width, in either theme", async ({
  openAs,
}) => {
  const page = await openAs("admin");
  await page.goto("/audit");
  await page.goto("/audit?person=demo.test&action=audit.read&sort=-rows");
  await expect(page.getByText(/is unbroken/)).toBeVisible();
  for (const width of [390, 1440]) {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      const { violations } = await axe(page, colorScheme).analyze();
      expect(violations, `${width} px, ${colorScheme}`).toEqual([]);
    }
    const scrolled = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(scrolled, `the page's own width at ${width} px`).toBeLessThanOrEqual(width);
  }
});
