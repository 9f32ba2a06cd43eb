import { openDatabase } from "@/lib/db/open-database";
import { expectAccessible } from "./accessible";
import { untilAlive } from "./alive";
import { ChannelsPage } from "./channels-page";
import { countClicks } from "./clicks";
import { expect, test } from "./fixtures";
import { LookupPage } from "./lookup-page";
import { signIn } from "./sign-in";
import { runRefreshNow } from "./stored";

const SAMPLE = "test_mill_subscriber_OA";
const SAMPLE_ID = "@TOA#_test_mill_subscriber_OA";

test.describe("the administrator", () => {
  test.use({ role: "admin" });

  test("sees how the desk fares, without anything secret", async ({ page, apps, desk }) => {
    await page.goto("/status");
    for (const { name, slug, sdkAppId, adminId } of apps) {
      const app = page.getByRole("listitem").filter({ hasText: String(sdkAppId) });
      await expect(app).toContainText(name);
      await expect(app).toContainText(slug);
      await expect(app).toContainText(adminId);
      await expect(app).toContainText("no token configured");
    }
    await expect(page.getByText(/^Checked .* · \d\d:\d\d:\d\d$/)).toBeVisible();
    await expect(page.getByRole("link", { name: "/api/health" })).toBeVisible();
    const jobs = page.getByRole("table", { name: "Jobs" });
    for (const name of ["Refresh watched channels", "Downsample history", "Delete old records"]) {
      const row = jobs.getByRole("row").filter({ hasText: name });
      await expect(row).toContainText(/On time|Running/);
    }
    await expect(page.getByRole("table", { name: "History storage" })).toContainText("14 days");
    await expect(page.getByText("No webhook is configured")).toBeVisible();
    await expect(page.getByText("PostgreSQL server")).toBeVisible();
    const text = await page.content();
    for (const secret of [desk.authSecret, ...apps.map(({ secretKey }) => secretKey)]) {
      expect(text).not.toContain(secret);
    }
    await expectAccessible(page);

    const readAt = page.getByText(/^Checked/);
    const first = await readAt.getAttribute("datetime");
    await untilAlive(page.getByRole("button", { name: "Refresh" }));
    await page.getByRole("button", { name: "Refresh" }).click();
    await expect(readAt).not.toHaveAttribute("datetime", first ?? "");
  });

  test("sees that a watched channel is refreshed, and comes from its count to it", async ({
    openDesk,
    apps,
    gateway,
    page,
    playwright,
  }) => {
    // Its own: a watched channel causes calls in which the journeys of others would be counted.
    const desk = await openDesk(apps, gateway.url, { REFRESH_MINUTES: "1" });
    const { db, close } = await openDatabase(desk.database);
    const { cookies } = await signIn(playwright.request, desk.url, "admin");
    await page.context().addCookies(cookies);
    await page.goto(`${desk.url}/channels`);
    const channels = new ChannelsPage(page);
    const add = page.getByRole("button", { name: "Add channels" });
    await untilAlive(add);
    await add.click();
    await channels.drawer.getByRole("textbox", { name: "Channel IDs" }).fill(SAMPLE_ID);
    await channels.drawer.getByRole("button", { name: "Add", exact: true }).click();
    await expect(channels.drawer.getByText("1 added")).toBeVisible();
    await channels.drawer.getByRole("button", { name: "Done" }).click();
    await channels.openRow(SAMPLE);
    const watch = channels.drawer.getByRole("button", { name: "Watch", exact: true });
    await watch.click();
    await expect(watch).toHaveAttribute("aria-pressed", "true");

    await page.goto(`${desk.url}/status`);
    const rowOf = (table: string) =>
      page.getByRole("table", { name: table }).getByRole("row").filter({ hasText: "demo" });
    const health = rowOf("Watched channels");
    await untilAlive(page.getByRole("button", { name: "Refresh" }));
    await expect(async () => {
      await runRefreshNow(db);
      await page.getByRole("button", { name: "Refresh" }).click();
      await expect(rowOf("Recent refreshes").first()).toBeVisible({ timeout: 1000 });
      await expect(health).toContainText(/ago.*in /, { timeout: 1000 });
    }).toPass();
    await expectAccessible(page, { isState: true });
    // Of all that are watched, and of those that are fresh.
    const counts = health.getByRole("link", { name: "1", exact: true });
    await expect(counts).toHaveCount(2);
    await counts.last().click();
    await expect(page).toHaveURL(/\/channels\?view=all&refreshState=oneOf(:|%3A)fresh/);
    await expect(channels.row(SAMPLE)).toBeVisible();
    await close();
  });

  test("finds the steps to replace a key, and tests the new one, with three clicks", async ({
    page,
  }) => {
    const lookup = new LookupPage(page);
    await lookup.open();
    const clicks = await countClicks(page);
    await page.getByRole("link", { name: "Status", exact: true }).click();
    const title = page.getByText("How to replace a secret key", { exact: true });
    await untilAlive(page.getByRole("button", { name: "Refresh" }));
    await title.click();
    const steps = page.getByRole("group").filter({ has: title }).getByRole("listitem");
    await expect(steps).toHaveText([
      /new key .* Tencent Cloud console/,
      /secretKey .* CHAT_APPS/,
      /^Restart Channel Desk/,
      /^Test the connection/,
    ]);
    await page.getByRole("button", { name: "Test connection of Demo" }).click();
    await expect(page.getByText(/^Connected in \d+ ms/)).toBeVisible();
    expect(clicks()).toBe(3);
  });

  test("tests a connection, and reads the remedy when it fails", async ({ page, gateway }) => {
    await page.goto("/status");
    const app = page.getByRole("listitem").filter({ hasText: "1400000001" });
    const button = app.getByRole("button", { name: "Test connection of Demo" });
    await untilAlive(button);
    await button.click();
    await expect(app.getByText(/^Connected in \d+ ms, at \d\d:\d\d:\d\d\.$/)).toBeVisible();

    gateway.refuse("one", 131000);
    gateway.refuse("user-3", 131000);
    await page.goto("/lookup?subscriber=user-3");
    await expect(page.getByRole("alert").getByText("131000")).toBeVisible();
    await page.goto("/status");
    const verdict = page.getByRole("alert").filter({ hasText: "problem" });
    await expect(verdict).toContainText("demo: the last lookup failed.");
    await expect(verdict.getByRole("link", { name: "Show the failed lookups" })).toHaveAttribute(
      ...(["href", "/audit?outcome=failed&inApp=demo"] as const),
    );
    await untilAlive(button);
    await button.click();
    await expect(app.getByRole("alert")).toContainText("131000");
    await expect(app.getByRole("alert")).toContainText("not enabled");
    await expect(app.getByText(/^Connected/)).toBeHidden();
    await expectAccessible(page, { isState: true });

    gateway.reset();
    await button.click();
    await expect(app.getByText(/^Connected/)).toBeVisible();
    await expect(app.getByRole("alert")).toBeHidden();
    await page.goto("/lookup?subscriber=user-3");
    await expect(new LookupPage(page).rows).not.toHaveCount(0);
    await page.goto("/status");
    await expect(button).toBeVisible();
    await expect(page.getByText("demo: the last lookup failed.")).toBeHidden();
  });
});
