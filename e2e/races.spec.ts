import type { Request } from "@playwright/test";
import { expect, test } from "./fixtures";
import { LookupPage } from "./lookup-page";

test("a slow answer never replaces that of a newer question", async ({ page, gateway }) => {
  const lookup = new LookupPage(page);
  const slow = gateway.hold("user-1");
  await lookup.open();
  await lookup.lookUp("user-1");
  await slow.arrived;
  const isLate = (request: Request) => Boolean(request.postData()?.includes("user-1"));
  // Next may let go of a stream as soon as it has read the answer, which then counts as failed.
  const late = Promise.race([
    page.waitForEvent("requestfinished", isLate),
    page.waitForEvent("requestfailed", isLate),
  ]);
  await lookup.lookUp("107867");
  await expect(lookup.rows).toHaveCount(8);
  slow.release();
  await late;

  await expect(page.getByRole("heading", { name: "107867" })).toBeVisible();
  await expect(lookup.rows).toHaveCount(8);
  await expect(page).toHaveURL("/lookup?subscriber=107867");
});

test("rows stay while the next page loads", async ({ page, gateway }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=follows-201&fields=name");
  await lookup.expectRange("1–50 of 201");
  const first = await lookup.channelIds();
  const next = gateway.hold("follows-201");
  await lookup.pages.getByRole("button", { name: "Next page" }).click();
  await next.arrived;
  await expect(lookup.table).toHaveAttribute("aria-busy", "true");
  expect(await lookup.channelIds()).toEqual(first);
  next.release();
  await lookup.expectRange("51–100 of 201");
  expect(await lookup.channelIds()).not.toEqual(first);
});

test("another subscriber's rows do not stay", async ({ page, gateway }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=107867");
  await expect(lookup.rows).toHaveCount(8);
  const next = gateway.hold("follows-1");
  await lookup.lookUp("follows-1");
  await next.arrived;
  await expect(lookup.table).toHaveCount(0);
  await expect(page.getByRole("status").filter({ hasText: "Loading…" })).toBeVisible();
  next.release();
  await expect(lookup.rows).toHaveCount(1);
});

test("going back while an answer loads shows the previous rows", async ({ page, gateway }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=107867");
  await expect(lookup.rows).toHaveCount(8);
  const next = gateway.hold("follows-1");
  await lookup.lookUp("follows-1");
  await next.arrived;
  await page.goBack();
  await expect(lookup.rows).toHaveCount(8);
  await expect(lookup.field).toHaveValue("107867");
  next.release();
  await page.goForward();
  await expect(lookup.rows).toHaveCount(1);
});

test("a new question while a link is still being answered", async ({ page, gateway }) => {
  const lookup = new LookupPage(page);
  const slow = gateway.hold("user-1");
  await page.goto("/lookup?subscriber=user-1", { waitUntil: "commit" });
  await slow.arrived;
  // Until the scripts have come, a choice is only a picture.
  await expect(async () => {
    await page
      .getByRole("combobox", { name: "App" })
      .selectOption({ label: "Other · Custom address" });
    await expect(page).toHaveURL("/lookup?subscriber=user-1&app=other", { timeout: 500 });
  }).toPass();
  slow.release();
  await expect(lookup.rows).not.toHaveCount(0);
  await expect(page).toHaveURL("/lookup?subscriber=user-1&app=other");
});

test("two tabs do not disturb each other", async ({ page, context }) => {
  const one = new LookupPage(page);
  const other = new LookupPage(await context.newPage());
  await one.open();
  await other.open();
  await one.lookUp("107867");
  await other.lookUp("follows-1");
  await expect(one.rows).toHaveCount(8);
  await expect(other.rows).toHaveCount(1);

  await other.open();
  const recent = other.page.getByRole("region", { name: "Recent lookups" }).getByRole("link");
  await expect(recent).toHaveCount(2);
  await one.lookUp("follows-201");
  await expect(recent).toHaveText(["follows-201", "follows-1", "107867"]);
});
