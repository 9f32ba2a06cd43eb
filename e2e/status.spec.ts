import { expectAccessible } from "./accessible";
import { expect, test } from "./fixtures";

test.describe("the administrator", () => {
  test.use({ role: "admin" });

  test("sees how the desk fares, without anything secret", async ({ page, apps, desk }) => {
    await page.goto("/status");
    for (const { name, slug, sdkAppId, adminId } of apps) {
      const app = page.getByRole("listitem").filter({ hasText: String(sdkAppId) });
      await expect(app).toContainText(name);
      await expect(app).toContainText(slug);
      await expect(app).toContainText(adminId);
      await expect(app).toContainText("no token is set");
    }
    await expect(page.getByText(/^Read at \d\d:\d\d:\d\d$/)).toBeVisible();
    const jobs = page.getByRole("table", { name: "Jobs" });
    for (const name of ["Refresh watched channels", "Thin out snapshots", "Remove old records"]) {
      const row = jobs.getByRole("row").filter({ hasText: name });
      await expect(row).toContainText(/On time|Running/);
    }
    await expect(page.getByRole("table", { name: "Snapshots" })).toContainText("14 days");
    await expect(page.getByText("No webhook is configured")).toBeVisible();
    await expect(page.getByText("Embedded, in a directory of this server")).toBeVisible();
    const text = await page.content();
    for (const secret of [desk.authSecret, ...apps.map(({ secretKey }) => secretKey)]) {
      expect(text).not.toContain(secret);
    }
    await expectAccessible(page);
  });

  test("reads it again", async ({ page }) => {
    await page.goto("/status");
    const readAt = page.getByText(/^Read at/);
    const first = await readAt.getAttribute("datetime");
    await page.getByRole("button", { name: "Refresh" }).click();
    await expect(readAt).not.toHaveAttribute("datetime", first ?? "");
  });

  test("tests a connection, and reads what to do when it fails", async ({ page, gateway }) => {
    await page.goto("/status");
    const app = page.getByRole("listitem").filter({ hasText: "1400000001" });
    const button = app.getByRole("button", { name: "Test the connection of Demo" });
    await button.click();
    await expect(app.getByText(/^Answered in \d+ ms, at \d\d:\d\d:\d\d\.$/)).toBeVisible();

    gateway.refuse("one", 131000);
    await button.click();
    await expect(app.getByRole("alert")).toContainText("131000");
    await expect(app.getByRole("alert")).toContainText("not switched on");
    await expect(app.getByText(/^Answered/)).toBeHidden();
    await expectAccessible(page);

    gateway.reset();
    await button.click();
    await expect(app.getByText(/^Answered/)).toBeVisible();
    await expect(app.getByRole("alert")).toBeHidden();
  });
});

for (const role of ["product", "support"] as const) {
  test.describe(role, () => {
    test.use({ role });

    test("has no such room", async ({ page }) => {
      const answer = await page.goto("/status");
      expect(answer?.status()).toBe(404);
      await page.goto("/lookup");
      await expect(
        page.getByRole("navigation").getByRole("link", { name: "Lookup" }),
      ).toBeVisible();
      await expect(page.getByRole("link", { name: "Status" })).toHaveCount(0);
    });
  });
}
