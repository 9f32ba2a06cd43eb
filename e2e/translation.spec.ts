import { ChannelsPage } from "./channels-page";
import { expect, test } from "./fixtures";
import { LookupPage, openFilter } from "./lookup-page";
import { translate } from "./translate";

test.use({ role: "product" });

const SAMPLE_ID = "@TOA#_test_mill_subscriber_OA";

test("a translated lookup goes on: pages, sort, filter, drawer, membership", async ({ page }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=107867");
  await translate(page);
  await lookup.lookUp("follows-201");
  await lookup.go("Next", "51–100 of 201");
  await lookup.header("Channel").getByRole("button").first().click();
  await expect(page.getByText("complete", { exact: true })).toBeVisible();
  await page.getByRole("searchbox", { name: "Filter rows" }).fill("radio");
  await expect(page.getByText(/ of 201 match$/)).toBeVisible();
  await openFilter(page, "Owner");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Reset", exact: true }).click();
  await expect(lookup.rows.first()).toBeVisible();

  await lookup.rows.first().locator("[data-open]").first().click();
  await expect(page.getByRole("dialog")).toContainText("Subscribed since");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);

  const question = page.getByRole("combobox", { name: "Subscribed to channel?" });
  for (const [text, answer] of [
    ["@TOA#_none", "does not subscribe"],
    ["zebra crossing quartet", "No known channel"],
  ] as const) {
    await question.fill(text);
    await question.press("Enter");
    await expect(page.getByText(answer)).toBeVisible();
  }
  await page.getByRole("button", { name: "Clear" }).click();
  await lookup.lookUp("nobody-here");
  await expect(page.getByText("No user with the ID “nobody-here” in this app.")).toBeVisible();
  await lookup.lookUp("error-70009");
  await expect(lookup.alert).toContainText("70009");
  await lookup.lookUp("107867");
  await expect(lookup.rows).toHaveCount(8);
  await page.goBack();
  await expect(lookup.alert).toContainText("70009");
});

test("translated channels go on: views, sort, filter, drawer", async ({ page }) => {
  const channels = new ChannelsPage(page);
  await channels.open();
  await translate(page);
  await page.getByRole("button", { name: "Add channels" }).click();
  await channels.drawer.getByRole("textbox", { name: "Channel IDs" }).fill(SAMPLE_ID);
  await channels.drawer.getByRole("button", { name: "Add", exact: true }).click();
  await channels.drawer.getByRole("button", { name: "Done" }).click();
  await channels.show("Deleted");
  await channels.show("All");
  await expect(channels.rows.first()).toBeVisible();
  await channels.table
    .getByRole("columnheader", { name: "Channel", exact: true })
    .getByRole("button")
    .first()
    .click();
  await channels.search.fill("no such channel anywhere");
  await expect(channels.rows).toHaveCount(0);
  await channels.search.fill("");
  await expect(channels.rows.first()).toBeVisible();
  await channels.refresh.click();
  await channels.rows.first().locator("[data-open]").first().click();
  await expect(channels.drawer).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(channels.drawer).toHaveCount(0);
});
