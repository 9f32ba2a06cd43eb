import { readFile } from "node:fs/promises";
import { expectAccessible } from "./accessible";
import { AuditPage } from "./audit-page";
import { readCsv } from "./exported";
import { expect, test } from "./fixtures";
import { LookupPage } from "./lookup-page";
import { signIn } from "./sign-in";

test.use({ role: "admin" });

test("an administrator follows the lookups of a person", async ({
  browser,
  desk,
  page,
  sessions,
}) => {
  // No other journey looks this subscriber up.
  const subscriberId = "user-150";
  const context = await browser.newContext({ baseURL: desk.url, storageState: sessions.support });
  const support = new LookupPage(await context.newPage());
  await support.open(`?subscriber=${subscriberId}`);
  await expect(support.rows).not.toHaveCount(0);
  const count = await support.rows.count();
  await context.close();

  await new LookupPage(page).open();
  await page
    .getByRole("navigation", { name: "Main menu" })
    .getByRole("link", { name: "Audit log" })
    .click();
  const audit = new AuditPage(page);
  await expect(page.getByText(/^Integrity verified: \d+ entries/)).toBeVisible();

  await audit.filter("Subscriber ID", subscriberId);
  await expect(page).toHaveURL(`/audit?subscriber=${subscriberId}`);
  await expect(audit.active.getByText(`Subscriber ID: ${subscriberId}`)).toBeVisible();
  await expect(audit.rows).toHaveCount(1);
  for (const [column, text] of [
    ["Person", "support@demo.test Support"],
    ["Action", "Looked up a subscriber"],
    ["Rows", String(count)],
    ["Outcome", "Done"],
  ] as const) {
    await expect(audit.column(column)).toHaveText(text);
  }
  await expect(audit.column("Target")).toContainText("demo");
  await audit
    .column("Fields")
    .getByText(/fields/)
    .click();
  await expect(audit.column("Fields").getByText("Last message")).toBeVisible();

  // That somebody looked for this subscriber's traces is one of them.
  await page.reload();
  await expect(audit.column("Action")).toHaveText([
    "Viewed the audit log",
    "Looked up a subscriber",
  ]);

  const download = page.waitForEvent("download");
  await audit.exportLink.click();
  const saved = await download;
  expect(saved.suggestedFilename()).toMatch(/^audit-\d{8}T\d{6}Z\.csv$/);
  const [head = [], ...lines] = readCsv(await readFile(await saved.path()));
  expect(lines.map((line) => line[head.indexOf("Action")])).toEqual(["lookup", "audit.read"]);
  expect(lines[0]?.[head.indexOf("Subscriber ID")]).toBe(subscriberId);

  await audit.active.getByRole("link", { name: "Reset" }).click();
  await expect(page).toHaveURL("/audit");
  await expect(audit.column("Action").first()).toHaveText("Exported the audit log");
  await expect(audit.column("Outcome").first()).toHaveText("Done");
  await expect(audit.column("Rows").first()).toHaveText("2");

  await audit.filter("Request ID", "no such request");
  await expect(page.getByText("No entries match these filters.")).toBeVisible();
});

test("pages and orders are addresses, and stay while rows are written", async ({
  browser,
  desk,
  page,
  sessions,
}) => {
  test.slow();
  const audit = new AuditPage(page);
  // Each file of it is a row.
  await Promise.all(Array.from({ length: 55 }, () => page.request.get("/audit/export")));
  await page.goto("/audit");
  const [newest] = await audit.column("Request ID").locator("bdi").allInnerTexts();
  await expect(audit.header("Time")).toHaveAttribute("aria-sort", "descending");
  await audit.pages.getByRole("link", { name: "Next page" }).click();
  await expect(audit.pages.getByText(/page 2 of \d+/i)).toBeVisible();
  await audit.pages.getByRole("link", { name: "Previous page" }).click();
  await expect(audit.pages.getByText(/page 1 of \d+/i)).toBeVisible();
  await expect(audit.column("Request ID").locator("bdi").first()).toHaveText(newest ?? "");
  await page.getByRole("link", { name: "Show newer entries" }).click();
  await expect(page).toHaveURL("/audit");

  await audit.header("Time").getByRole("link").click();
  await expect(audit.header("Time")).toHaveAttribute("aria-sort", "ascending");
  await expect(page).toHaveURL("/audit?sort=time");
  await expect(async () => {
    const times = await audit
      .column("Time")
      .locator("time")
      .evaluateAll((shown) => shown.map((time) => time.getAttribute("datetime") ?? ""));
    expect(times).toEqual(times.toSorted());
  }).toPass({ timeout: 20_000 });
  await audit.header("Duration").getByRole("link").click();
  await expect(page).toHaveURL("/audit?sort=-duration");
  await expect(audit.header("Time")).not.toHaveAttribute("aria-sort");

  // The person's clock is nine hours ahead, and the address means the same everywhere.
  const context = await browser.newContext({
    baseURL: desk.url,
    storageState: sessions.admin,
    timezoneId: "Asia/Seoul",
  });
  const seoul = new AuditPage(await context.newPage());
  await seoul.page.goto("/audit");
  // A script tells the server the zone.
  const zone = async () => (await context.cookies()).find(({ name }) => name === "timezone");
  await expect.poll(zone).toBeDefined();
  await seoul.page.reload();
  await seoul.filter("From", "2030-01-01T09:00");
  await expect(seoul.page).toHaveURL("/audit?from=2030-01-01T00%3A00%3A00Z");
  await expect(seoul.page.getByText("No entries match these filters.")).toBeVisible();
  await seoul.openFilters();
  await expect(seoul.filters.getByLabel("From", { exact: true })).toHaveValue("2030-01-01T09:00");
  await context.close();
});

test.describe("without a script", () => {
  test.use({ javaScriptEnabled: false });

  test("filters work", async ({ page }) => {
    const audit = new AuditPage(page);
    await page.goto("/audit");
    await audit.openFilters();
    await audit.filters.locator("summary", { hasText: "Actions" }).click();
    await audit.filters.getByRole("checkbox", { name: "Signed in", exact: true }).check();
    await audit.filters.getByRole("button", { name: "Apply" }).click();
    await expect(page).toHaveURL("/audit?action=signIn");
    await expect
      .poll(async () => [...new Set(await audit.column("Action").allInnerTexts())])
      .toEqual(["Signed in"]);
    await audit.active.getByRole("link", { name: "Remove filter: Action: Signed in" }).click();
    await expect(page).toHaveURL("/audit");
  });
});

test("others have no such page, and that they asked is in the audit", async ({
  desk,
  page,
  playwright,
}) => {
  const storageState = await signIn(playwright.request, desk.url, "hal");
  const hal = await playwright.request.newContext({ baseURL: desk.url, storageState });
  expect((await hal.get("/audit", { headers: { accept: "text/html" } })).status()).toBe(404);
  expect((await hal.get("/audit/export")).status()).toBe(403);
  await hal.dispose();

  const audit = new AuditPage(page);
  await page.goto("/audit?outcome=refused&person=hal%40demo.test");
  await expect(audit.column("Action")).toHaveText(["Exported the audit log", "Opened a page"]);
  await expect(audit.column("Person")).toContainText(["hal@demo.test", "hal@demo.test"]);
  await expect(audit.column("Outcome").first()).toHaveText(
    "RefusedYou do not have permission to do this.",
  );
});

test("is read only when it is opened, not when a browser prefetches it", async ({ page }) => {
  const readings = async () =>
    readCsv(await (await page.request.get("/audit/export?action=audit.read")).body()).length;
  await page.goto("/lookup");
  const before = await readings();
  await page.getByRole("link", { name: "Audit log" }).hover();
  await page.waitForLoadState("networkidle");
  expect(await readings()).toBe(before);
  await page.goto("/audit");
  expect(await readings()).toBe(before + 1);
});

test("is accessible", async ({ page }) => {
  await page.goto("/audit");
  await page.goto("/audit?person=demo.test&action=audit.read&sort=-rows");
  await expect(page.getByText(/^Integrity verified/)).toBeVisible();
  await expectAccessible(page);
});
