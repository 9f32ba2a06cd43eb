import { expect, test } from "./fixtures";
import { LookupPage, listRequests } from "./lookup-page";

test("an unknown user and a user without subscriptions are distinguished", async ({
  page,
  emulator,
}) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=107868");
  await expect(page.getByText("No user with the ID “107868” in this app.")).toBeVisible();
  await expect(page.getByText("IDs are case-sensitive.")).toBeVisible();
  expect(emulator.calls.map(({ command }) => command)).toContain("account_check");
  await lookup.open("?subscriber=follows-0");
  await expect(page.getByText("follows-0 does not subscribe to any channels.")).toBeVisible();
  await expect(lookup.alert).toHaveCount(0);
});

const FAILURES = [
  {
    subscriberId: "error-131000",
    says: ["131000", "not enabled", "administrator"],
    retry: false,
  },
  { subscriberId: "error-70009", says: ["70009", "secret key"], retry: false },
  { subscriberId: "error-139999", says: ["139999"], retry: true },
  {
    subscriberId: "fault-502",
    says: ["Tencent Cloud returned a server error.", "502"],
    retry: true,
  },
  { subscriberId: "fault-html", says: ["invalid response"], retry: true },
  { subscriberId: "fault-reset", says: ["Could not reach Tencent Cloud"], retry: true },
];

test("each failure explains itself, and offers a retry where that can help", async ({ page }) => {
  const lookup = new LookupPage(page);
  await lookup.open();
  for (const { subscriberId, says, retry } of FAILURES) {
    await test.step(subscriberId, async () => {
      await lookup.lookUp(subscriberId);
      await expect(page).toHaveURL(`/lookup?subscriber=${subscriberId}`);
      for (const words of says) await expect(lookup.alert).toContainText(words);
      await expect(page.getByRole("button", { name: "Retry" })).toHaveCount(retry ? 1 : 0);
      await expect(lookup.table).toHaveCount(0);
    });
  }
});

test("a slow answer says so, and the wait can be ended and begun again", async ({
  page,
  gateway,
}) => {
  const lookup = new LookupPage(page);
  await lookup.open();
  const call = gateway.hold("user-1");
  await lookup.lookUp("user-1");
  await call.arrived;
  await expect(page.getByText("Still waiting for Tencent Cloud.")).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("The lookup of user-1 was canceled.")).toBeVisible();
  call.release();
  await page.getByRole("button", { name: "Retry" }).click();
  await expect(lookup.rows.first()).toBeVisible();
});

test("Retry brings the rows once the vendor answers again", async ({ page, gateway }) => {
  gateway.refuse("user-1", 139999);
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=user-1");
  await expect(lookup.alert).toContainText("139999");
  gateway.reset();
  await page.getByRole("button", { name: "Retry" }).click();
  await expect(lookup.rows).not.toHaveCount(0);
  await expect(lookup.alert).toHaveCount(0);
});

test("a limited rate is waited out without being asked", async ({ page, gateway, emulator }) => {
  gateway.refuse("user-1", 60011);
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=user-1");
  await expect(lookup.alert).toContainText("60011");
  await expect(lookup.alert).toContainText(/Trying again in \d s\./);
  gateway.reset();
  await expect(lookup.rows).not.toHaveCount(0);
  await expect(lookup.alert).toHaveCount(0);
  expect(listRequests(emulator)).toHaveLength(1);
});

test("a refresh that fails keeps the rows and says of when they are", async ({ page, gateway }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=107867");
  await expect(lookup.rows).toHaveCount(8);
  gateway.refuse("107867", 60021);
  await lookup.refresh.click();
  await expect(lookup.alert).toContainText("Could not refresh. Showing data from");
  await expect(lookup.alert).toContainText("60021");
  await expect(lookup.rows).toHaveCount(8);

  gateway.reset();
  await lookup.refresh.click();
  await expect(lookup.alert).toHaveCount(0);
});

test("without a connection the desk says so, and recovers", async ({ page, context }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=107867");
  await expect(lookup.rows).toHaveCount(8);
  await context.setOffline(true);
  await lookup.refresh.click();
  await expect(lookup.alert).toContainText("Could not refresh.");
  await expect(lookup.alert).toContainText("Could not reach Channel Desk.");
  await expect(lookup.rows).toHaveCount(8);
  await lookup.lookUp("follows-1");
  await expect(lookup.alert).toContainText("Could not reach Channel Desk.");
  await expect(lookup.table).toHaveCount(0);

  await context.setOffline(false);
  await page.getByRole("button", { name: "Retry" }).click();
  await expect(lookup.rows).toHaveCount(1);
  await expect(lookup.alert).toHaveCount(0);
});

test("the vendor's odd numbers and gaps are shown as they are", async ({ page }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=fault-numeric-strings");
  await expect(lookup.rows).toHaveCount(12);
  await expect(lookup.rows.first()).toContainText("5,000,000,000");
  await expect(lookup.table).not.toContainText("1970");
});
