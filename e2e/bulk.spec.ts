import { readFile } from "node:fs/promises";
import { expectAccessible } from "./accessible";
import { AuditPage } from "./audit-page";
import { readCsv } from "./exported";
import { expect, test } from "./fixtures";
import { LookupPage } from "./lookup-page";

test.use({ role: "product" });

const CHANNEL = "@TOA#_test_mill_subscriber_OA";

test("thirty users from a spreadsheet are looked up and exported", async ({
  page,
  browser,
  desk,
  gateway,
  sessions,
}) => {
  // An ID that no other journey looks up.
  const unique = `nobody-${crypto.randomUUID().slice(0, 8)}`;
  const users = Array.from({ length: 26 }, (_, index) => `user-${index + 1}`);
  const ids = ["107867", ...users, "follows-201", "error-131000", unique];
  const cells = [
    "Name\tUser ID\tCity",
    ...[...ids, ...ids.slice(0, 2)].map((id) => `Ann\t${id}\tX`),
  ];

  const lookup = new LookupPage(page);
  await lookup.open();
  await lookup.field.evaluate((field, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    field.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
    );
  }, cells.join("\n"));
  await page.getByRole("link", { name: "Look up all 30" }).click();
  const field = page.getByRole("textbox", { name: "Subscriber IDs" });
  await expect(field).toHaveValue(ids.join("\n"));
  await expect(page).toHaveURL("/bulk");

  await field.fill(cells.join("\n"));
  await expect(page.getByText("30 IDs, 2 duplicates left out.")).toBeVisible();
  await page.getByRole("combobox", { name: "Subscribed to channel?" }).fill(CHANNEL);
  const held = gateway.hold("user-5");
  await field.press("ControlOrMeta+Enter");
  await held.arrived;
  await expect(page.getByRole("progressbar", { name: "Bulk lookup progress" })).toBeVisible();
  await expect(page.getByText("29 of 30 looked up")).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();
  await held.left;
  held.release();
  await expect(page.getByText("1 ID was not looked up.")).toBeVisible();
  await page.getByRole("button", { name: "Look up the rest" }).click();
  await expect(page.getByText("30 IDs looked up.")).toBeVisible();

  const rows = page.getByRole("table").locator("tbody").getByRole("row");
  await expect(rows).toHaveCount(30);
  const row = (id: string) =>
    rows.filter({ has: page.getByRole("link", { name: id, exact: true }) });
  await expect(row("107867")).toContainText("Yes, since Nov 22, 2023");
  await expect(row(unique)).toContainText("Unknown user");
  await expect(row("error-131000")).toContainText("131000 Official channels are not enabled");
  await expect(row("follows-201")).toContainText("201");
  await expectAccessible(page);

  await page.getByRole("button", { name: "Subscribed 1", exact: true }).click();
  await expect(rows).toHaveCount(1);
  await row("107867").getByRole("link").click();
  await expect(page.getByText("subscribed since November 22, 2023.")).toBeVisible();
  await page.goBack();
  await expect(rows).toHaveCount(30);

  await page.getByRole("button", { name: "Export", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Export results" });
  const saved = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Start" }).click();
  await expect(dialog.getByText("Exported 30 subscribers.")).toBeVisible();
  const file = await saved;
  expect(file.suggestedFilename()).toMatch(/^bulk-lookup-demo-\d{8}T\d{6}Z\.csv$/);
  const records = readCsv(await readFile(await file.path()));
  expect(records.slice(1).map(([id]) => id)).toEqual(ids);
  expect(records[1]).toEqual(["107867", "Found", "8", "Yes", "2023-11-22T12:15:51.000Z", "", ""]);

  const context = await browser.newContext({ storageState: sessions.admin, baseURL: desk.url });
  const audit = new AuditPage(await context.newPage());
  await audit.page.goto("/audit");
  await audit.filter("Subscriber ID", unique);
  await expect(audit.active).toContainText(unique);
  await expect(audit.rows).toHaveCount(1);
  await expect(audit.rows).toContainText("Checked a subscription");
  await expect(audit.rows).toContainText(CHANNEL);
  await context.close();
});
