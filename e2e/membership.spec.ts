import { expect, test } from "./fixtures";
import { LookupPage, listRequests } from "./lookup-page";

const question = (page: import("@playwright/test").Page) =>
  page.getByRole("textbox", { name: "Follows channel?" });

test("yes, since when: by id, and the reading stops at once", async ({ page, emulator }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=follows-10000&fields=name&size=20");
  const [first = ""] = await lookup.channelIds();
  await question(page).fill(first);
  await question(page).press("Enter");
  const yes = page.getByText(/^Yes: follows-10000 follows/);
  await expect(yes).toContainText(first);
  await expect(yes).toContainText(/since \w{3} \d/);
  await expect.poll(() => new URL(page.url()).searchParams.get("follows")).toBe(first);
  expect(listRequests(emulator).length).toBeLessThan(1 + 2 * 24);
});

test("by name, whatever its case and width", async ({ page }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=107867");
  await question(page).fill("  TEST_mill_Subscriber_OA ");
  await question(page).press("Enter");
  await expect(page.getByText(/^Yes: 107867 follows/)).toContainText(
    "@TOA#_test_mill_subscriber_OA",
  );
});

test("no, only after all were read", async ({ page, emulator }) => {
  await new LookupPage(page).open(
    `?subscriber=follows-201&follows=${encodeURIComponent("@TOA#_none")}`,
  );
  await expect(
    page.getByText("No: follows-201 does not follow @TOA#_none. All 201 were read."),
  ).toBeVisible();
  expect(listRequests(emulator)).toHaveLength(2);
});

test("cannot say, k of n read, and Continue", async ({ page }) => {
  await new LookupPage(page).open(
    `?subscriber=follows-10000&follows=${encodeURIComponent("@TOA#_none")}`,
  );
  await expect(
    page.getByText("Cannot say whether follows-10000 follows @TOA#_none: 200 of 10,000 read."),
  ).toBeVisible();
  await page.getByRole("button", { name: "Read all" }).click();
  await expect(
    page.getByText("No: follows-10000 does not follow @TOA#_none. All 10,000 were read."),
  ).toBeVisible();
});

test("a list that moved while it was read gives no no", async ({ page }) => {
  await new LookupPage(page).open(
    `?subscriber=fault-shifting&follows=${encodeURIComponent("@TOA#_none")}`,
  );
  await expect(page.getByText(/^The list changed while it was read/)).toBeVisible();
  await expect(page.getByText(/^Cannot say whether fault-shifting follows/)).toBeVisible();
  await expect(page.getByText(/^No:/)).toHaveCount(0);
});

test("a yes can be read again to its end", async ({ page, gateway }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=follows-201&fields=name,subscribedAt&whole=1");
  await expect(page.getByText("complete", { exact: true })).toBeVisible();
  const [first = ""] = await lookup.channelIds();
  await question(page).fill(first);
  await question(page).press("Enter");
  await expect(page.getByText(/^Yes: follows-201 follows/)).toBeVisible();
  const call = gateway.hold("follows-201");
  await lookup.refresh.click();
  await call.arrived;
  call.release();
  await expect(page.getByRole("progressbar")).toHaveCount(0);
  await expect(page.getByText("complete", { exact: true })).toBeVisible();
  await expect(lookup.alert).toHaveCount(0);
});

test("rows without names give no no by name", async ({ page, gateway }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=107867&fields=subscriberCount");
  await expect(lookup.rows).toHaveCount(8);
  const call = gateway.hold("107867");
  await question(page).fill("test_mill_subscriber_OA");
  await question(page).press("Enter");
  await call.arrived;
  await expect(page.getByText(/^No:/)).toHaveCount(0);
  call.release();
  await expect(page.getByText(/^Yes: 107867 follows/)).toBeVisible();
});
