import { expect, test } from "./fixtures";
import { holdFrames, showFrame } from "./frames";
import { LookupPage, listRequests } from "./lookup-page";

test("no row is lost when the vendor sends 37 a page", async ({ page, emulator }) => {
  emulator.set({ maxRows: 37 });
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=follows-201&size=50&fields=name");
  await lookup.expectRange("1–37 of 201");
  const seen = await lookup.channelIds();
  for (let from = 38; from <= 201; from += 37) {
    await lookup.go("Next", `${from}–${Math.min(from + 36, 201)} of 201`);
    seen.push(...(await lookup.channelIds()));
  }
  expect(seen).toHaveLength(201);
  expect(new Set(seen).size).toBe(201);

  await lookup.go("Previous", "149–185 of 201");
  await lookup.go("First", "1–37 of 201");
});

test("the pages are reached by button, number and size", async ({ page }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=follows-10000");
  await lookup.expectRange("1–50 of 10,000");
  await lookup.go("Next", "51–100 of 10,000");
  await lookup.go("Next", "101–150 of 10,000");
  await expect(page).toHaveURL("/lookup?subscriber=follows-10000&offset=100");
  await lookup.go("Previous", "51–100 of 10,000");
  await lookup.go("Last", "9,951–10,000 of 10,000");
  await lookup.go("First", "1–50 of 10,000");

  const box = lookup.pages.getByRole("textbox", { name: "Page" });
  await box.fill("100");
  await box.press("Enter");
  await lookup.expectRange("4,951–5,000 of 10,000");
  await expect(lookup.pages).toContainText("of 200");
  await box.fill("100000");
  await box.press("Enter");
  await lookup.expectRange("9,951–10,000 of 10,000");

  await lookup.pages.getByRole("combobox").selectOption({ label: "200 per page" });
  await lookup.expectRange("9,801–10,000 of 10,000");
  await expect(page).toHaveURL("/lookup?subscriber=follows-10000&offset=9800&size=200");
});

test("the next page is read from the press of the button on, once", async ({ page, emulator }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=follows-201&fields=name");
  await lookup.expectRange("1–50 of 201");
  await lookup.pages.getByRole("button", { name: "Next page" }).hover();
  await page.mouse.down();
  await expect.poll(() => listRequests(emulator)).toMatchObject([{ Offset: 0 }, { Offset: 50 }]);
  await lookup.expectRange("1–50 of 201");
  await page.mouse.up();
  await lookup.expectRange("51–100 of 201");
  expect(listRequests(emulator)).toHaveLength(2);
});

test("a link into the middle, reload, back and forward show the same rows", async ({ page }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=follows-10000&offset=5000&size=20&fields=name");
  await lookup.expectRange("5,001–5,020 of 10,000");
  const here = await lookup.channelIds();
  expect(here).toHaveLength(20);
  await lookup.reload();
  await lookup.expectRange("5,001–5,020 of 10,000");
  expect(await lookup.channelIds()).toEqual(here);

  await lookup.go("Next", "5,021–5,040 of 10,000");
  const next = await lookup.channelIds();
  expect(here).not.toContain(next[0]);
  await page.goBack();
  await lookup.expectRange("5,001–5,020 of 10,000");
  expect(await lookup.channelIds()).toEqual(here);
  await page.goForward();
  await lookup.expectRange("5,021–5,040 of 10,000");
  expect(await lookup.channelIds()).toEqual(next);
});

test("a page past the end leads back to the first", async ({ page }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=follows-201&offset=5000");
  await expect(
    page.getByText("This page does not exist. The list has 201 channels."),
  ).toBeVisible();
  await page.getByRole("button", { name: "Go to the first page" }).click();
  await lookup.expectRange("1–50 of 201");
});

test("the app of the address is the one that is asked", async ({ page, emulator, apps }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=107867&app=other");
  await expect(lookup.rows).toHaveCount(8);
  await page
    .getByRole("combobox", { name: "App" })
    .selectOption({ label: "Demo · Custom address" });
  await expect(page).toHaveURL("/lookup?subscriber=107867");
  await expect.poll(() => listRequests(emulator)).toHaveLength(2);
  expect(emulator.calls.map(({ appId }) => appId)).toEqual([apps[1]?.sdkAppId, apps[0]?.sdkAppId]);

  await lookup.open("?subscriber=107867&app=nowhere");
  await expect(lookup.alert).toContainText("App not found.");
  expect(emulator.calls).toHaveLength(2);
});

test("the scripts of a page run after the frame that shows its rows", async ({ page }) => {
  await page.addInitScript(holdFrames);
  const lookup = new LookupPage(page);
  await page.goto("/lookup?subscriber=follows-201", { waitUntil: "load" });
  // All have been fetched and evaluated by now, and `next` is the first that they set.
  expect(await page.evaluate(() => "next" in window)).toBe(false);
  await page.evaluate(showFrame);
  await lookup.expectRange("1–50 of 201");
  await lookup.go("Next", "51–100 of 201");
});
