import { expect, test } from "./fixtures";
import { LookupPage } from "./lookup-page";

// As wide as A4 paper across, between margins of 12 mm.
test.use({ viewport: { width: 1032, height: 700 } });

test("a whole list is on paper with every row and every column, and nothing to press", async ({
  page,
}) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=follows-201&whole=1&subscriberCount=between:0..");
  await expect(lookup.rows.first()).toBeVisible();
  expect(await lookup.rows.count()).toBeLessThan(201);

  await page.emulateMedia({ media: "print" });
  await expect(lookup.rows).toHaveCount(201);
  await expect(page.getByText("follows-201").first()).toBeVisible();
  await expect(page.getByText("rows printed")).toBeHidden();
  await expect(page.getByText("Subscribers ≥ 0", { exact: true })).toBeVisible();
  await expect(page.getByRole("banner")).toBeHidden();
  await expect(page.getByRole("navigation")).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Export" })).toBeHidden();
  const { width } = (await lookup.rows.last().boundingBox()) ?? { width: Number.NaN };
  expect(width).toBeLessThanOrEqual(1032);
  const region = page.getByRole("table").locator("..");
  await expect
    .poll(() => region.evaluate((element) => element.scrollHeight - element.clientHeight))
    .toBe(0);

  await page.emulateMedia({ media: "screen" });
  await expect.poll(() => lookup.rows.count()).toBeLessThan(201);
});

test("a page of a longer list says on paper how much of it is there", async ({ page }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=follows-10000&size=20");
  await expect(lookup.rows).toHaveCount(20);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText("20 of 10,000 rows printed.")).toBeVisible();
});
