import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { LookupPage, listRequests } from "./lookup-page";

test.beforeEach(({ context }) => context.grantPermissions(["clipboard-read", "clipboard-write"]));

/** Puts a text on the clipboard and pastes it over what is in the field. */
async function paste(lookup: LookupPage, text: string): Promise<void> {
  await lookup.page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await lookup.field.focus();
  await lookup.page.keyboard.press("ControlOrMeta+A");
  await lookup.page.keyboard.press("ControlOrMeta+V");
}

/** What the form says of what is in its field. */
const said = (page: Page) => page.locator("form[action='/lookup']").getByRole("status");

const BODY = {
  Subscriber_Account: "follows-201",
  Limit: 50,
  Offset: 100,
  ResponseFilter: {
    OfficialAccountBaseInfoFilter: ["Name", "SubscriberNum"],
    SelfInfoFilter: ["SubscribeTime"],
  },
};
const SIGNATURE = "eJw-canary-of-a-signature";
const CALL = `https://console.tim.qq.com/v4/official_account_open_http_svc/get_subscribed_official_account_list?sdkappid=1400000002&identifier=administrator&usersig=${SIGNATURE}&random=1&contenttype=json`;

test("an id is found in whatever surrounds it", async ({ page, emulator }) => {
  const lookup = new LookupPage(page);
  await lookup.open();
  for (const text of [
    '  "107867",\n',
    "「107867」",
    "\u200b107867\u200b\r\n",
    "UserID: 107867",
    '"Subscriber_Account": "107867",',
    "UserID\n107867\n",
  ]) {
    await lookup.field.fill("");
    await paste(lookup, text);
    await expect(lookup.field, text).toHaveValue("107867");
  }
  expect(emulator.calls).toHaveLength(0);
  await lookup.submit.click();
  await expect(lookup.rows).toHaveCount(8);
  await expect(page).toHaveURL("/lookup?subscriber=107867");
});

test("a JSON request with comments is explained, then run as it is", async ({ page, emulator }) => {
  const lookup = new LookupPage(page);
  await lookup.open();
  await paste(lookup, JSON.stringify(BODY, null, 2).replace(",", ", // Subscriber"));
  await expect(said(page)).toContainText("Found a JSON request for follows-201 with 3 fields.");
  await expect(said(page)).toContainText("“Look up” repeats this request: rows 101–150.");
  expect(emulator.calls).toHaveLength(0);

  await page.keyboard.press("Enter");
  await lookup.expectRange("101–150 of 201");
  expect(listRequests(emulator)).toMatchObject([BODY]);
  await expect(page).toHaveURL(
    "/lookup?subscriber=follows-201&fields=name,subscriberCount,subscribedAt&offset=100",
  );
  await expect(lookup.field).toHaveValue("follows-201");
  await expect(said(page)).toBeEmpty();
});

test("a curl line goes to its app, and its signature nowhere", async ({ page, emulator }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(`${request.url()} ${request.postData() ?? ""}`));
  const lookup = new LookupPage(page);
  await lookup.open();
  await paste(lookup, `curl -X POST '${CALL}' \\\n  -d '${JSON.stringify(BODY)}'`);
  await expect(said(page)).toContainText("Found a curl command for follows-201 with 3 fields.");
  await expect(said(page)).toContainText(
    "It is for the app other. “Look up” switches to this app.",
  );
  await expect(lookup.field).toHaveValue("follows-201");
  await page.keyboard.press("Enter");
  await lookup.expectRange("101–150 of 201");
  await expect(page).toHaveURL(/\/lookup\?app=other&subscriber=follows-201&/);
  expect(listRequests(emulator)).toMatchObject([BODY]);
  expect(emulator.calls.map(({ appId }) => appId)).toEqual([1400000002]);

  await paste(lookup, `see ${CALL}`);
  await expect(lookup.field).toHaveValue(/usersig=…&random=1/);
  await page.keyboard.press("Enter");
  await expect(page.getByText("A subscriber ID can contain only Latin letters")).toBeVisible();
  expect(await page.content()).not.toContain(SIGNATURE);
  expect(asked.join()).not.toContain(SIGNATURE);
});

test("a link of the desk is followed, whatever desk it came from", async ({ page }) => {
  const lookup = new LookupPage(page);
  await lookup.open();
  await paste(
    lookup,
    "https://desk.example.com/lookup?subscriber=follows-201&fields=name&size=20&offset=40&other=1",
  );
  await expect(said(page)).toHaveText(
    "Found a Channel Desk link to follows-201. “Look up” opens it.",
  );
  await lookup.submit.click();
  await lookup.expectRange("41–60 of 201");
  await expect(page).toHaveURL("/lookup?subscriber=follows-201&fields=name&offset=40&size=20");
});

test("an address of another site is no id, and asks nothing", async ({ page, emulator }) => {
  const lookup = new LookupPage(page);
  await lookup.open();
  await paste(lookup, "https://example.com/search?subscriber=107867&size=20");
  await expect(lookup.field).toHaveValue(/^https:\/\/example\.com/);
  await expect(said(page)).toBeEmpty();
  await lookup.submit.click();
  await expect(page.getByText("A subscriber ID can have up to")).toBeVisible();
  expect(emulator.calls).toHaveLength(0);
});

test("a column is a list to choose from, one after another, by keyboard", async ({
  page,
  emulator,
}) => {
  const lookup = new LookupPage(page);
  await lookup.open();
  await paste(lookup, "UserID\n107867\nfollows-1\n107867\nfollows-2\n");
  await expect(said(page)).toHaveText("Found 3 IDs. Choose one to look up.");
  const list = page.getByRole("list", { name: "IDs found" });
  await expect(list.getByRole("button")).toHaveText(["107867", "follows-1", "follows-2"]);
  expect(emulator.calls).toHaveLength(0);

  await page.keyboard.press("Enter");
  await expect(list.getByRole("button", { name: "107867" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(lookup.rows).toHaveCount(8);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(lookup.rows).toHaveCount(1);
  await expect(page).toHaveURL("/lookup?subscriber=follows-1");
  await expect(list.getByRole("button", { name: "follows-1" })).toHaveAttribute(
    "aria-current",
    "true",
  );
  await page.goBack();
  await expect(lookup.field).toHaveValue("107867");
  await expect(list).toBeVisible();
});

test("a long column is counted whole, and shows its first", async ({ page }) => {
  const lookup = new LookupPage(page);
  await lookup.open();
  await paste(lookup, Array.from({ length: 1234 }, (_, index) => `user-${index}`).join("\n"));
  await expect(said(page)).toContainText("Found 1,234 IDs.");
  await expect(said(page)).toContainText("Showing the first 50.");
  await expect(page.getByRole("list", { name: "IDs found" }).getByRole("button")).toHaveCount(50);
});

test("a channel’s id offers to ask whether the subscriber follows it", async ({ page }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=107867");
  await paste(lookup, "'@TOA#_test_mill_subscriber_OA");
  await expect(said(page)).toHaveText("Found the channel ID @TOA#_test_mill_subscriber_OA.");
  await page.getByRole("button", { name: "Check whether 107867 is subscribed" }).click();
  await expect(page).toHaveURL(/[?&]follows=/);
  await expect(page.getByRole("status").filter({ hasText: /^Yes\. / })).toContainText(
    "test_mill_subscriber_OA",
  );
  await expect(lookup.field).toHaveValue("107867");
  await expect(lookup.field).toBeFocused();
});

test("an id that an export has protected comes back whole", async ({ page, emulator }) => {
  const lookup = new LookupPage(page);
  await lookup.open();
  for (const [cell, id] of [
    ["'0012", "0012"],
    ["'1234567890123456789", "1234567890123456789"],
    ["'-x", "-x"],
    ["O'Brien", "O'Brien"],
  ] as const) {
    await paste(lookup, cell);
    await expect(lookup.field).toHaveValue(id);
    await page.keyboard.press("Enter");
    await expect(page.getByText(`No user with the ID “${id}” in this app.`)).toBeVisible();
  }
  expect(listRequests(emulator).map((request) => request.Subscriber_Account)).toEqual([
    "0012",
    "1234567890123456789",
    "-x",
    "O'Brien",
  ]);
});

test("nothing overflows a narrow screen", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 700 });
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=107867");
  for (const [text, words] of [
    [JSON.stringify({ ...BODY, Subscriber_Account: "a".repeat(32) }), "Found a JSON request"],
    [
      Array.from({ length: 60 }, (_, index) => `${index}`.padEnd(32, "b")).join("\n"),
      "Found 60 IDs",
    ],
    [`@TOA#_${"c".repeat(80)}`, "Found the channel ID"],
  ] as const) {
    await paste(lookup, text);
    await expect(said(page)).toContainText(words);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  }
});
