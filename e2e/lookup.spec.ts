import { countClicks } from "./clicks";
import { expect, test } from "./fixtures";
import { LookupPage, listRequests } from "./lookup-page";
import { vendorRows } from "./vendor-rows";

test("support pastes an id and sees the channels of that user, for one call", async ({
  page,
  emulator,
}) => {
  const lookup = new LookupPage(page);
  await lookup.open();
  await expect(page.getByText("Enter or paste a subscriber ID to see the channels")).toBeVisible();
  await lookup.lookUp("  107867 \n");

  await expect(lookup.rows).toHaveCount(8);
  await expect(page).toHaveURL("/lookup?subscriber=107867");
  await expect(page.getByRole("heading", { name: "107867" })).toBeVisible();
  await expect(page.getByText("subscribed to 8 channels")).toBeVisible();
  const sample = lookup.rows.filter({ hasText: "test_mill_subscriber_OA" }).first();
  await expect(sample).toContainText("499,800");
  await expect(lookup.headers).toHaveText([
    "Avatar",
    "Channel",
    "Subscribed since",
    "Subscribers",
    "Last message",
    "Channel ID",
    "Owner",
  ]);
  await expect(lookup.alert).toHaveCount(0);
  expect(emulator.calls).toHaveLength(1);
  expect(listRequests(emulator)).toMatchObject([
    { Subscriber_Account: "107867", Limit: 50, Offset: 0 },
  ]);
});

test("since when is on the screen after one click at 1280 px, and in the row's first sentence", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const lookup = new LookupPage(page);
  await lookup.open();
  const clicks = await countClicks(page);
  await expect(lookup.field).toBeFocused();
  await page.keyboard.type("107867");
  await lookup.submit.click();
  const sample = lookup.rows.filter({ hasText: "test_mill_subscriber_OA" }).first();
  await expect(lookup.header("Subscribed since")).toBeInViewport({ ratio: 1 });
  await expect(sample.getByText("Nov 22, 2023")).toBeInViewport({ ratio: 1 });
  expect(clicks()).toBe(1);

  await sample.getByRole("button", { name: "test_mill_subscriber_OA" }).click();
  const sentence = page.getByRole("dialog").getByText("Subscribed since November 22, 2023");
  await expect(sentence).toBeInViewport({ ratio: 1 });
  expect(clicks()).toBe(2);
});

test("recent lookups are suggested until they are cleared", async ({ page }) => {
  const lookup = new LookupPage(page);
  for (const [subscriberId, count] of Object.entries({ "107867": 8, "follows-1": 1 })) {
    await lookup.open(`?subscriber=${subscriberId}`);
    await expect(lookup.rows).toHaveCount(count);
  }
  await lookup.open("?subscriber=nobody-here");
  await expect(page.getByText("No user with the ID “nobody-here” in this app.")).toBeVisible();

  await lookup.open();
  const recent = page.getByRole("region", { name: "Recent lookups" });
  await expect(recent.getByRole("link")).toHaveText(["follows-1", "107867"]);
  await recent.getByRole("link", { name: "107867" }).click();
  await expect(lookup.rows).toHaveCount(8);
  await expect(lookup.field).toHaveValue("107867");

  await lookup.open();
  await recent.getByRole("button", { name: "Clear history" }).click();
  await expect(recent).toHaveCount(0);
});

test("a later lookup says what has changed since, also after a reload and in the summary", async ({
  page,
  context,
  apps,
  emulator,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  const lookup = new LookupPage(page);
  const since = page.getByText(/^Since your lookup on /);
  /** Stores a lookup as if it had been made then. */
  const lookedUp = (subscriberId: string, at: number, total: number) =>
    page.evaluate(
      ([ending, value]) => {
        const key = Object.keys(localStorage).find((it) => it.endsWith(ending)) ?? "";
        localStorage.setItem(key, value);
      },
      [`,"${subscriberId}"]`, `${at} ${total}`] as const,
    );

  await lookup.open("?subscriber=107867");
  await expect(lookup.rows).toHaveCount(8);
  await expect(since).toHaveCount(0);
  const rows = await vendorRows(apps[0], emulator.url, "107867");
  const times = rows.map(({ SelfInfo }) => SelfInfo.SubscribeTime * 1000);
  const [newest = 0, next = 0, third = 0] = times.sort((a, b) => b - a);
  expect(newest - third).toBeGreaterThan(240_000);
  // Two of the eight are newer than this, and one of the seven is no longer there.
  await lookedUp("107867", third + 120_000, 7);
  expect(next).toBeGreaterThan(third + 240_000);
  for (let visit = 0; visit < 2; visit++) {
    await lookup.reload();
    await expect(since).toHaveText(
      /^Since your lookup on \w+ \d+, \d{4}, \d\d:\d\d: 2 new, 1 ended$/,
    );
  }
  await lookup.refresh.click();
  await page.getByRole("button", { name: "Copy summary" }).click();
  await expect.poll(clipboard).toMatch(/\nSince the lookup on .+ UTC: 2 new, 1 ended\n/);

  await lookup.open("?subscriber=follows-201&size=20");
  await lookup.expectRange("1–20 of 201");
  await lookedUp("follows-201", Date.now() - 86_400_000, 202);
  await lookup.reload();
  await lookup.go("Next", "21–40 of 201");
  await expect(since).toContainText(": 1 channel fewer");
  await page.getByRole("button", { name: "Load all" }).click();
  await expect(since).toContainText(": 0 new, 1 ended");
});

test("copying takes the whole id", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=107867");
  await expect(lookup.rows).toHaveCount(8);
  const [firstId] = await lookup.channelIds();

  await lookup.rows.first().getByRole("button", { name: "Copy channel ID" }).click();
  await expect(page.getByText("Copied")).toBeAttached();
  await expect.poll(clipboard).toBe(firstId);
  await page.getByRole("button", { name: "Copy subscriber ID" }).click();
  await expect.poll(clipboard).toBe("107867");
});

test("Refresh asks exactly once more", async ({ page, emulator }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=107867");
  await expect(lookup.rows).toHaveCount(8);
  expect(emulator.calls).toHaveLength(1);

  const time = page.getByRole("main").locator("header time");
  const before = await time.getAttribute("datetime");
  await lookup.refresh.click();
  await expect(time).not.toHaveAttribute("datetime", before ?? "");
  expect(emulator.calls).toHaveLength(2);
});

test("a double click on Look up makes one call", async ({ page, emulator, gateway }) => {
  const lookup = new LookupPage(page);
  await lookup.open();
  const answer = gateway.hold("107867");
  await lookup.field.fill("107867");
  await lookup.submit.dblclick();
  await answer.arrived;
  answer.release();
  await expect(lookup.rows).toHaveCount(8);
  expect(emulator.calls).toHaveLength(1);
});

test("an invalid ID shows an error without a call", async ({ page, emulator }) => {
  const lookup = new LookupPage(page);
  await lookup.open();
  for (const [typed, problem] of [
    [" ", "Enter a subscriber ID."],
    ["@TOA#_news", "This is a channel ID."],
    ["naïve", "A subscriber ID can contain only Latin letters, digits and symbols."],
    ["a".repeat(500), "A subscriber ID can have up to"],
  ] as const) {
    await lookup.lookUp(typed);
    await expect(page.getByText(problem)).toBeVisible();
    await expect(lookup.field).toHaveAttribute("aria-invalid", "true");
  }
  expect(emulator.calls).toHaveLength(0);
});

test("Enter looks up, but not the Enter that ends a composition", async ({ page, context }) => {
  const lookup = new LookupPage(page);
  await lookup.open();
  await lookup.field.focus();
  const keyboard = await context.newCDPSession(page);
  await keyboard.send("Input.imeSetComposition", {
    text: "follows-1",
    selectionStart: 9,
    selectionEnd: 9,
  });
  await lookup.field.press("Enter");
  await keyboard.send("Input.insertText", { text: "follows-1" });
  await expect(lookup.field).toHaveValue("follows-1");
  await expect(page).toHaveURL("/lookup");

  await lookup.field.press("Enter");
  await expect(lookup.rows).toHaveCount(1);
});

test("the rows of a quick answer come in the first part of the page", async ({
  request,
  emulator,
}) => {
  emulator.set({ delayMs: 20 });
  const isInFirstPart = async () => {
    const response = await request.get("/lookup?subscriber=107867");
    const html = await response.text();
    const row = html.indexOf("<tr data-index");
    return row !== -1 && row < html.indexOf("</main>");
  };
  await expect.poll(isInFirstPart).toBe(true);
});

test.describe("the menu", () => {
  test.use({ role: "admin" });

  test("fetches another page ahead of need only while the pointer or the focus is on its link", async ({
    page,
  }) => {
    const prefetched: string[] = [];
    page.on("request", (request) => {
      if (request.headers()["next-router-prefetch"])
        prefetched.push(new URL(request.url()).pathname);
    });
    for (const path of ["/overview", "/channels", "/lookup?app=demo&subscriber=follows-10000"]) {
      await page.goto(path, { waitUntil: "networkidle" });
    }
    await new LookupPage(page).go("Next", "51–100 of 10,000");
    await page.waitForLoadState("networkidle");
    expect(prefetched).toEqual([]);

    const link = (name: string) => page.getByRole("link", { name, exact: true });
    await link("Channels").hover();
    await expect.poll(() => prefetched).toContain("/channels");
    await link("People").focus();
    await expect.poll(() => prefetched).toContain("/people");
    expect(new Set(prefetched)).toEqual(new Set(["/channels", "/people"]));
  });
});
