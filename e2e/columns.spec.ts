import type { BrowserContext, Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { LookupPage, listRequests } from "./lookup-page";

const CUSTOM_DATA = "test_custom_string";

/** Gathers the bodies of all answers a browser receives from now on. */
function receivedBy(context: BrowserContext): () => Promise<string> {
  const bodies: Promise<string>[] = [];
  context.on("response", (response) => {
    // A redirect has no body to read.
    bodies.push(response.text().catch(() => ""));
  });
  return async () => (await Promise.all(bodies)).join("\n");
}

const picker = (page: Page) => page.getByRole("dialog", { name: "Columns" });

async function openPicker(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Columns/ }).click();
  await expect(picker(page)).toBeVisible();
}

test("a link with two fields asks for exactly these", async ({ page, context, emulator }) => {
  const received = receivedBy(context);
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=107867&fields=name,subscriberCount");
  await expect(lookup.rows).toHaveCount(8);

  await expect(lookup.headers).toHaveText(["Channel", "Subscribers", "Channel ID"]);
  expect(listRequests(emulator).map(({ ResponseFilter }) => ResponseFilter)).toEqual([
    { OfficialAccountBaseInfoFilter: ["Name", "SubscriberNum"], SelfInfoFilter: ["SubscribeTime"] },
  ]);
  const text = await received();
  expect(text).toContain("test_mill_subscriber_OA");
  expect(text).not.toContain(CUSTOM_DATA);
});

test("custom data comes when it is asked for", async ({ page, context, emulator }) => {
  const received = receivedBy(context);
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=107867&fields=customString,subscriberCustomString");
  await expect(lookup.rows.filter({ hasText: CUSTOM_DATA })).not.toHaveCount(0);
  await expect(lookup.headers).toHaveText(["Channel ID", "Custom data", "Subscriber custom data"]);
  expect(await received()).toContain(CUSTOM_DATA);
  expect(listRequests(emulator).map(({ ResponseFilter }) => ResponseFilter)).toEqual([
    { OfficialAccountBaseInfoFilter: ["CustomString"], SelfInfoFilter: ["CustomString"] },
  ]);
});

test("choosing columns changes the address and the requested fields", async ({
  page,
  emulator,
}) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=107867&fields=name,ownerId");
  await expect(lookup.headers).toHaveText(["Channel", "Channel ID", "Owner"]);
  await openPicker(page);
  await picker(page).getByRole("checkbox", { name: "Custom data", exact: true }).check();
  await expect(lookup.headers).toHaveText(["Channel", "Channel ID", "Owner", "Custom data"]);
  await expect(lookup.rows.filter({ hasText: CUSTOM_DATA })).not.toHaveCount(0);
  await picker(page).getByRole("checkbox", { name: "Owner" }).uncheck();
  await expect(lookup.headers).toHaveText(["Channel", "Channel ID", "Custom data"]);
  await expect(page).toHaveURL("/lookup?subscriber=107867&fields=name,customString");
  await expect
    .poll(() => listRequests(emulator).at(-1)?.ResponseFilter.OfficialAccountBaseInfoFilter)
    .toEqual(["Name", "CustomString"]);

  await picker(page).getByRole("button", { name: "Reset columns" }).click();
  await expect(page).toHaveURL("/lookup?subscriber=107867");
  await page.keyboard.press("Escape");
  await expect(picker(page)).toHaveCount(0);
  await expect(page.getByRole("button", { name: /^Columns/ })).toBeFocused();
  // Otherwise this call could arrive in the next test.
  await expect
    .poll(() => listRequests(emulator).at(-1)?.ResponseFilter.OfficialAccountBaseInfoFilter)
    .toContain("Owner_Account");
});

test("with no column chosen one field is asked for, and not shown", async ({ page, emulator }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=107867&fields=");
  await expect(lookup.headers).toHaveText(["Channel ID"]);
  await expect(lookup.rows).toHaveCount(8);
  expect(listRequests(emulator).map(({ ResponseFilter }) => ResponseFilter)).toEqual([
    { OfficialAccountBaseInfoFilter: ["Name"], SelfInfoFilter: ["SubscribeTime"] },
  ]);
});

test.describe("product managers", () => {
  test.use({ role: "product" });

  test("never request the subscriber's custom data", async ({ page, emulator }) => {
    const lookup = new LookupPage(page);
    await lookup.open("?subscriber=107867&fields=name,subscribedAt,subscriberCustomString");
    await expect(lookup.rows).toHaveCount(8);
    await expect(lookup.headers).toHaveText(["Channel", "Subscribed since", "Channel ID"]);
    await openPicker(page);
    await expect(
      picker(page).getByRole("checkbox", { name: "Subscriber custom data" }),
    ).toBeDisabled();
    expect(listRequests(emulator).map((request) => request.ResponseFilter.SelfInfoFilter)).toEqual([
      ["SubscribeTime"],
    ]);
  });
});
