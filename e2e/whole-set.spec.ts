import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { holdFrames, showFrame } from "./frames";
import { LookupPage, listRequests, seemSlow } from "./lookup-page";

/** The subscriber counts of the rows in sight, from the top. */
async function countsShown(lookup: LookupPage): Promise<number[]> {
  const cells = await lookup.table.locator('td[data-label="Subscribers"]').allInnerTexts();
  return cells.map((text) => Number(text.replaceAll(",", "")));
}

async function expectLargestFirst(lookup: LookupPage): Promise<void> {
  await expect(async () => {
    const shown = await countsShown(lookup);
    expect(shown).not.toEqual([]);
    expect(shown).toEqual(shown.toSorted((a, b) => b - a));
  }).toPass({ timeout: 20_000 });
}

test("the largest of all channels comes first, unasked, for one call a page of 200", async ({
  page,
  emulator,
}) => {
  const lookup = new LookupPage(page);
  for (const { total, calls } of [
    { total: 1, calls: 1 },
    { total: 201, calls: 2 },
    { total: 10_000, calls: 50 },
  ]) {
    const before = listRequests(emulator).length;
    await lookup.open(
      `?subscriber=follows-${total}&fields=name,subscriberCount&sort=-subscriberCount`,
    );
    await expect(page.getByText("complete", { exact: true })).toBeVisible();
    const header = lookup.header("Subscribers");
    await expect(header).toHaveAttribute("aria-sort", "descending");
    await expectLargestFirst(lookup);
    expect(listRequests(emulator).length - before).toBe(calls);
    await expect(lookup.table).toHaveAttribute("aria-rowcount", String(total + 1));
  }
});

test("the reading begins before the scripts of the page have come", async ({ page }) => {
  await page.route("**/_next/static/**/*.js", (route) => route.abort());
  const stream = page.waitForRequest(/\/lookup\/stream\?/);
  await page.goto("/lookup?subscriber=follows-201&whole=1");
  const request = await stream;
  expect(new URL(request.url()).searchParams.get("subscriber")).toBe("follows-201");
  // Nobody reads what it brings: no script is there.
  expect((await request.response())?.status()).toBe(200);
});

test("a person is asked before 50 slow calls for 10,000 channels", async ({ page, emulator }) => {
  await seemSlow(page);
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=follows-10000&fields=name,subscriberCount&sort=-subscriberCount");
  const notice = page.getByRole("main").getByText(/Loading the rest takes/);
  await expect(notice).toContainText(
    "This list has 10,000 channels. Loading the rest takes 49 calls, about",
  );
  await expect(lookup.header("Subscribers")).not.toHaveAttribute("aria-sort", /./);
  await expect(page.getByText("Not sorted yet.")).toBeVisible();
  const before = await countsShown(lookup);
  expect(before).not.toEqual(before.toSorted((a, b) => b - a));
  await expect(page.getByTitle("Sorts by Subscribers, largest first, when loaded")).toBeVisible();
  expect(listRequests(emulator)).toHaveLength(1);

  await page.getByRole("button", { name: "Load the rest" }).click();
  await expect(page.getByText("complete", { exact: true })).toBeVisible();
  await expect(lookup.header("Subscribers")).toHaveAttribute("aria-sort", "descending");
  await expect(page.getByTitle("Sorted by Subscribers, largest first")).toBeVisible();
  await expectLargestFirst(lookup);
  expect(listRequests(emulator)).toHaveLength(50);
  const offsets = new Set(listRequests(emulator).map(({ Offset }) => Offset));
  expect(offsets.size).toBe(50);
});

test("Load all reads the rest with progress, and goes back to pages", async ({
  page,
  emulator,
  gateway,
}) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=follows-10000&fields=name");
  await expect(page.getByText("50 calls, about")).toBeVisible();
  const last = gateway.hold("follows-10000", 9800);
  await page.getByRole("button", { name: "Load all" }).click();
  const progress = page.getByRole("progressbar");
  await expect(progress).toHaveAttribute("aria-valuemax", "10000");
  await expect(progress).toHaveAttribute("aria-valuenow", /^[1-9]\d+$/);
  // Another theme refreshes the page, which must not begin the reading anew.
  await page.getByRole("combobox", { name: "Theme" }).selectOption({ label: "Dark" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  last.release();
  await expect(page.getByText("complete", { exact: true })).toBeVisible();
  await expect(progress).toHaveCount(0);
  await expect(page).toHaveURL(/whole=1/);
  await expect(page.getByText("10,000 channels", { exact: true })).toBeVisible();
  expect(listRequests(emulator)).toHaveLength(1 + 50);

  await page.getByRole("button", { name: "Show pages" }).click();
  await lookup.expectRange("1–50 of 10,000");
  await page.goBack();
  await expect(page.getByText("10,000 channels", { exact: true })).toBeVisible();
  expect(listRequests(emulator)).toHaveLength(1 + 50);
});

test("Cancel stops the calls, keeps the rows and the focus, and Continue reads the rest", async ({
  page,
  emulator,
}) => {
  emulator.set({ delayMs: 1500 });
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=follows-10000&fields=name,subscriberCount&whole=1&sort=name");
  await expect(lookup.rows.first()).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).press("Enter");
  const partial = page.getByText(/^[\d,]+ of 10,000 loaded\./);
  await expect(partial).toBeVisible();
  await expect(page.getByText("partly loaded")).toBeVisible();
  await expect(lookup.header("Channel")).not.toHaveAttribute("aria-sort", /./);
  const stopped = listRequests(emulator).length;
  expect(stopped).toBeLessThan(50);

  emulator.set({ delayMs: 0 });
  const goOn = page.getByRole("button", { name: "Continue" });
  await expect(goOn).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(goOn).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText("complete", { exact: true })).toBeVisible();
  await expect(lookup.header("Channel")).toHaveAttribute("aria-sort", "ascending");
  await expect(page.getByText("10,000 channels", { exact: true })).toBeVisible();
});

test("leaving aborts the running call and makes no other", async ({
  context,
  emulator,
  gateway,
}) => {
  for (const leave of [
    (page: Page) => page.goto("about:blank"),
    (page: Page) => page.close(),
    (page: Page) => page.goBack(),
  ]) {
    const page = await context.newPage();
    const lookup = new LookupPage(page);
    const before = listRequests(emulator).length;
    await lookup.open("?subscriber=follows-201&fields=name&size=20");
    await lookup.expectRange("1–20 of 201");
    const call = gateway.hold("follows-201");
    await page.getByRole("button", { name: "Load all" }).click();
    await call.arrived;
    await leave(page);
    await call.left;
    expect(listRequests(emulator).length - before).toBe(1);
  }
});

test("a read that fails half-way keeps its rows and continues from there", async ({
  page,
  gateway,
  emulator,
}) => {
  await seemSlow(page);
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=follows-10000&fields=name,subscriberCount&sort=-subscriberCount");
  await expect(page.getByRole("button", { name: "Load the rest" })).toBeVisible();
  gateway.refuse("follows-10000", 20005);
  await page.getByRole("button", { name: "Load the rest" }).click();
  await expect(lookup.alert).toContainText("200 of 10,000 loaded.");
  await expect(lookup.alert).toContainText("20005");
  await expect(lookup.rows.first()).toBeVisible();
  gateway.reset();
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("complete", { exact: true })).toBeVisible();
  await expect(lookup.alert).toHaveCount(0);
  expect(listRequests(emulator).filter(({ Offset }) => Offset === 0)).toHaveLength(1);
});

const SUSPICIOUS = [
  { subscriberId: "fault-shifting", says: "The list changed while it was loading", count: null },
  {
    subscriberId: "fault-total-high",
    says: "Tencent Cloud reported 550 channels but returned 450.",
    count: 450,
  },
  {
    subscriberId: "fault-total-low",
    says: "Tencent Cloud reported 350 channels but returned 450.",
    count: 450,
  },
  {
    subscriberId: "fault-never-complete",
    says: "never reported the end of this list. 250 channels were loaded",
    count: 250,
  },
];

test("the screen explains the faults of a list", async ({ page }) => {
  const lookup = new LookupPage(page);
  for (const { subscriberId, says, count } of SUSPICIOUS) {
    await lookup.open(`?subscriber=${subscriberId}&fields=name&whole=1`);
    await expect(lookup.alert).toContainText(says);
    await expect(page.getByText("complete", { exact: true })).toHaveCount(0);
    if (count) await expect(lookup.table).toHaveAttribute("aria-rowcount", String(count + 1));
  }
});

test("every third call fails, and the list is whole all the same", async ({ page }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=fault-flaky-pages&fields=name&whole=1");
  const isWhole = page.getByText("complete", { exact: true });
  const goOn = page.getByRole("button", { name: "Continue" });
  await expect(async () => {
    if (await goOn.isVisible()) await goOn.click({ timeout: 1000 });
    await expect(isWhole).toBeVisible({ timeout: 2000 });
  }).toPass();
  await expect(page.getByText("900 channels", { exact: true })).toBeVisible();
});

test("a list that is complete on one page is put in order without a call", async ({
  page,
  emulator,
}) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=107867&fields=name,subscriberCount");
  await expect(lookup.rows).toHaveCount(8);
  await lookup
    .header("Subscribers")
    .getByRole("button", { name: "Subscribers", exact: true })
    .click();
  await expect(lookup.header("Subscribers")).toHaveAttribute("aria-sort", "descending");
  await expectLargestFirst(lookup);
  await expect(page).toHaveURL(/sort=-subscriberCount/);
  expect(emulator.calls).toHaveLength(1);
});

test("hiding a column reads nothing again, showing another does", async ({ page, emulator }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=follows-201&fields=name,ownerId&whole=1");
  await expect(page.getByText("complete", { exact: true })).toBeVisible();
  expect(listRequests(emulator)).toHaveLength(2);
  await page.getByRole("button", { name: /^Columns/ }).click();
  await page.getByRole("checkbox", { name: "Owner" }).uncheck();
  await expect(lookup.header("Owner")).toHaveCount(0);
  expect(listRequests(emulator)).toHaveLength(2);
  await page.getByRole("checkbox", { name: "Introduction" }).check();
  await expect(lookup.header("Introduction")).toBeVisible();
  await expect.poll(() => listRequests(emulator).length).toBe(4);
  await expect(page.getByText("complete", { exact: true })).toBeVisible();
  expect(listRequests(emulator).at(-1)?.ResponseFilter.OfficialAccountBaseInfoFilter).toEqual([
    "Name",
    "Introduction",
  ]);
});

test("a refresh that fails keeps the whole set and says of when it is", async ({
  page,
  gateway,
}) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=follows-201&fields=name&whole=1");
  await expect(page.getByText("complete", { exact: true })).toBeVisible();
  gateway.refuse("follows-201", 60021);
  await lookup.refresh.click();
  await expect(lookup.alert).toContainText("Could not refresh. Showing data from");
  await expect(lookup.alert).toContainText("60021");
  await expect(page.getByText("201 channels", { exact: true })).toBeVisible();
});

test("cancelling a refresh keeps the list, and blames nothing", async ({ page, gateway }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=follows-4999&fields=name&whole=1");
  await expect(page.getByText("complete", { exact: true })).toBeVisible();
  gateway.hold("follows-4999", 4800);
  await lookup.refresh.click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("progressbar")).toHaveCount(0);
  await expect(page.getByText("complete", { exact: true })).toBeVisible();
  await expect(page.getByText("4,999 channels", { exact: true })).toBeVisible();
  await expect(lookup.alert).toHaveCount(0);
});

test("pictures that only pass by are not fetched, and pinned cells stay when scrolled sideways", async ({
  page,
}) => {
  await page.setViewportSize({ width: 900, height: 700 });
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=follows-4999&whole=1");
  await expect(page.getByText("complete", { exact: true })).toBeVisible();
  const pictures = new Set<string>();
  page.on("request", (request) => {
    if (request.resourceType() === "image") pictures.add(request.url());
  });
  const region = lookup.table.locator("xpath=..");
  const passed = await region.evaluate(async (element) => {
    const seen = new Set<string>();
    for (let frame = 0; frame < 60; frame += 1) {
      element.scrollTop += 400;
      await new Promise(requestAnimationFrame);
      for (const row of element.querySelectorAll<HTMLElement>("tr[data-index]")) {
        seen.add(row.dataset.index ?? "");
      }
    }
    return seen.size;
  });
  expect(passed).toBeGreaterThan(500);
  await expect(region).not.toHaveAttribute("data-rolling");
  // Some of the last rows in sight have a picture.
  await expect.poll(() => pictures.size).toBeGreaterThan(0);
  expect(pictures.size).toBeLessThan(passed / 4);

  const name = lookup.rows.nth(12).locator('td[data-label="Channel"]');
  const before = await name.boundingBox();
  await region.evaluate((element) => element.scrollTo({ left: 200 }));
  await expect.poll(() => region.evaluate((element) => element.scrollLeft)).toBe(200);
  await expect.poll(async () => (await name.boundingBox())?.x).toBe(before?.x);
});

test("a sorted list paints the rows in sight before those below", async ({ page }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=follows-10000&whole=1&fields=name,subscriberCount");
  await expect(page.getByText("complete", { exact: true })).toBeVisible();
  const rows = lookup.table.locator("tr[data-index]");
  const drawn = await rows.count();

  await page.evaluate(holdFrames);
  await lookup.header("Subscribers").getByRole("button").first().click();
  await expect(lookup.header("Subscribers")).toHaveAttribute("aria-sort", "descending");
  await expectLargestFirst(lookup);
  expect(await rows.count()).toBeLessThan(drawn);
  const leavesRoom = await rows.last().evaluate((row) => {
    const region = row.closest("section");
    return region && row.getBoundingClientRect().bottom < region.getBoundingClientRect().bottom;
  });
  expect(leavesRoom).toBe(false);
  await page.evaluate(showFrame);
  await expect(rows).toHaveCount(drawn);
});
