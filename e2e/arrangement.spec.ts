import { expect, test } from "./fixtures";
import { LookupPage } from "./lookup-page";
import { signIn } from "./sign-in";
import { storing } from "./stored";

test("widths, order and row height stay with the person", async ({ browser, desk, playwright }) => {
  // A person of its own: an arrangement would follow the person into other journeys.
  const storageState = await signIn(playwright.request, desk.url, "ian");
  const context = await browser.newContext({ baseURL: desk.url, storageState });
  const page = await context.newPage();
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=107867&fields=name,ownerId,subscriberCount");
  const edge = lookup.header("Owner").getByRole("separator");
  const before = Number(await edge.getAttribute("aria-valuenow"));
  let saved = storing(page);
  await edge.focus();
  await page.keyboard.press("ArrowRight");
  await expect(edge).not.toHaveAttribute("aria-valuenow", String(before));
  const after = await edge.getAttribute("aria-valuenow");
  await saved;

  saved = storing(page);
  await lookup.header("Owner").hover();
  await page.getByRole("button", { name: "Options for Owner" }).click();
  await page.getByRole("menuitem", { name: "Move left" }).click();
  await expect(lookup.headers).toHaveText(["Channel", "Subscribers", "Owner", "Channel ID"]);
  await saved;

  await lookup.open("?subscriber=follows-1&fields=name,ownerId,subscriberCount");
  await expect(lookup.headers).toHaveText(["Channel", "Subscribers", "Owner", "Channel ID"]);
  await expect(edge).toHaveAttribute("aria-valuenow", after ?? "");

  const row = lookup.rows.first();
  const tall = (await row.boundingBox())?.height ?? 0;
  await page.getByRole("button", { name: /^Columns/ }).click();
  await page.getByRole("radio", { name: "Compact" }).check();
  await expect.poll(async () => (await row.boundingBox())?.height).toBeLessThan(tall);
  await context.close();
});

test("selected rows are copied as cells that run nothing", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=follows-4999&fields=name&sort=name");
  await expect(page.getByText("complete", { exact: true })).toBeVisible();
  await page.getByRole("checkbox", { name: "Select all rows" }).check();
  await expect(page.getByText("4,999 selected")).toBeVisible();
  await page.getByRole("button", { name: "Copy rows" }).click();
  await expect(page.getByText("Copied", { exact: false }).first()).toBeVisible();
  const copied = async () =>
    (await page.evaluate(() => navigator.clipboard.readText())).split("\n");
  await expect.poll(async () => (await copied()).length).toBe(5000);
  const lines = await copied();
  expect(lines.slice(1).every((line) => line.split("\t")[1]?.startsWith("'@TOA#_"))).toBe(true);
});
