import { expect, test } from "./fixtures";
import { LookupPage, listRequests, seemSlow } from "./lookup-page";

const question = (page: import("@playwright/test").Page) =>
  page.getByRole("combobox", { name: "Subscribed to channel?" });

test("yes, since when: by id, and the reading stops at once", async ({ page, emulator }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=follows-10000&fields=name&size=20");
  await lookup.expectRange("1–20 of 10,000");
  const [first = ""] = await lookup.channelIds();
  // Slow enough that the rest is still on its way when the answer is known.
  emulator.set({ delayMs: 500 });
  await question(page).fill(first);
  await question(page).press("Enter");
  const yes = page.getByRole("status").filter({ hasText: /^Yes\. / });
  await expect(yes).toContainText(first);
  await expect(yes).toContainText(/, subscribed since \w+ \d{1,2}, \d{4}\./);
  await expect.poll(() => new URL(page.url()).searchParams.get("follows")).toBe(first);
  expect(listRequests(emulator).length).toBeLessThan(1 + 2 * 24);
});

test("by name, whatever its case and width, and the answer is copied as it stands", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=107867");
  await question(page).fill("  TEST_mill_Subscriber_OA ");
  await question(page).press("Enter");
  const yes = page.getByRole("status").filter({ hasText: /^Yes\. / });
  await expect(yes).toContainText("@TOA#_test_mill_subscriber_OA");
  await expect(yes).toContainText("subscribed since November 22, 2023.");
  await page.getByRole("button", { name: "Copy answer" }).click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toBe("Yes. test_mill_subscriber_OA, subscribed since November 22, 2023.");
});

test("no, only after all were read", async ({ page, emulator }) => {
  await new LookupPage(page).open(
    `?subscriber=follows-201&follows=${encodeURIComponent("@TOA#_none")}`,
  );
  await expect(
    page.getByText(
      "No. follows-201 does not subscribe to @TOA#_none. All 201 channels in the list were checked.",
    ),
  ).toBeVisible();
  expect(listRequests(emulator)).toHaveLength(2);
});

test("cannot say, k of n read, and Continue", async ({ page }) => {
  await seemSlow(page);
  await new LookupPage(page).open(
    `?subscriber=follows-10000&follows=${encodeURIComponent("@TOA#_none")}`,
  );
  await expect(
    page.getByText(
      "Cannot tell whether follows-10000 subscribes to @TOA#_none: 200 of 10,000 channels were checked.",
    ),
  ).toBeVisible();
  await page.getByRole("button", { name: "Load the rest" }).click();
  await expect(
    page.getByText(
      "No. follows-10000 does not subscribe to @TOA#_none. All 10,000 channels in the list were checked.",
    ),
  ).toBeVisible();
});

test("a list that moved while it was read gives no no", async ({ page }) => {
  await new LookupPage(page).open(
    `?subscriber=fault-shifting&follows=${encodeURIComponent("@TOA#_none")}`,
  );
  await expect(page.getByText(/^The list changed while it was loading/)).toBeVisible();
  await expect(page.getByText(/^Cannot tell whether fault-shifting subscribes/)).toBeVisible();
  await expect(page.getByText(/^No\./)).toHaveCount(0);
});

test("a yes can be read again to its end", async ({ page, gateway }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=follows-201&fields=name,subscribedAt&whole=1");
  await expect(page.getByText("complete", { exact: true })).toBeVisible();
  const [first = ""] = await lookup.channelIds();
  await question(page).fill(first);
  await question(page).press("Enter");
  await expect(page.getByText(/^Yes\. /)).toBeVisible();
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
  await expect(page.getByText(/^No\./)).toHaveCount(0);
  call.release();
  await expect(page.getByText(/^Yes\. /)).toBeVisible();
});

const PARTIAL = ["leeds", "LeedsRadioHour", "Leads Radio"];
const LEEDS = /^Yes\. Leeds Radio Hour, subscribed since December 25, 2021\./;

test("a part of a name is never a no: near channels lead to the answer", async ({ page }) => {
  await new LookupPage(page).open("?subscriber=user-12");
  for (const text of PARTIAL) {
    await question(page).fill(text);
    await question(page).press("Enter");
    await expect(page.getByText(`No known channel is named “${text}”.`)).toBeVisible();
    await expect(page.getByText(/^No\. /)).toHaveCount(0);
    const name = page.getByRole("button", { name: "Leeds Radio Hour", exact: true });
    const near = page.getByRole("listitem").filter({ has: name });
    await expect(near).toContainText("Subscribed since December 25, 2021");
    await near.getByRole("button").click();
    await expect(page.getByText(LEEDS)).toBeVisible();
    await page.getByRole("button", { name: "Clear" }).click();
  }
});

test("a whole name is answered at once, whatever its quotes and blanks", async ({ page }) => {
  await new LookupPage(page).open("?subscriber=user-12");
  await question(page).fill("“leeds  radio   hour”");
  await question(page).press("Enter");
  await expect(page.getByText(LEEDS)).toBeVisible();
});

test("a name that nobody knows is no no", async ({ page }) => {
  await new LookupPage(page).open("?subscriber=user-12&follows=Zebra%20crossing%20quartet");
  await expect(page.getByText("No known channel is named “Zebra crossing quartet”.")).toBeVisible();
  await expect(page.getByText(/^No\. /)).toHaveCount(0);
  await expect(page.getByText("Did you mean")).toHaveCount(0);
});

test("a known channel of another's list is suggested, and answered with no", async ({ page }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=user-12");
  await expect(lookup.rows.first()).toBeVisible();
  await lookup.open("?subscriber=follows-1&fields=name");
  await question(page).fill("leeds rad");
  const option = page.getByRole("option", { name: /^Leeds Radio Hour @/ });
  await expect(option).toBeVisible();
  await expect(question(page)).toHaveAttribute("aria-expanded", "true");
  await question(page).press("ArrowDown");
  const suggestions = page.getByRole("listbox", { name: "Suggested channels" });
  await expect(suggestions.getByRole("option", { selected: true })).toContainText("Leeds");
  await question(page).press("Enter");
  await expect(page.getByText(/^No\. follows-1 does not subscribe to Leeds/)).toContainText(
    "The only channel in the list was checked.",
  );
  await expect(page.getByRole("listbox")).toHaveCount(0);
});
