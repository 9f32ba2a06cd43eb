import { CHECKED_LOCALES, expectAccessible } from "./accessible";
import { ChannelsPage } from "./channels-page";
import { countClicks } from "./clicks";
import { type ChatApp, type Desk, startDesk } from "./desk";
import { ExportDialog, readCsv } from "./exported";
import { test as base, expect } from "./fixtures";
import { openFilter } from "./lookup-page";
import { storing } from "./stored";

/** A desk that no other journey has told of channels, with an app for each kind of list. */
const test = base.extend<{ channels: ChannelsPage }, { apps: readonly ChatApp[]; desk: Desk }>({
  apps: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads what a fixture needs from here
    async ({}, use) =>
      use(
        ["demo", "empty", "many", "hostile"].map((slug, index) => ({
          ...{ slug, name: slug, sdkAppId: 1400000001 + index, adminId: slug },
          secretKey: slug.padEnd(64, "k"),
        })),
      ),
    { scope: "worker" },
  ],
  desk: [
    async ({ apps, gateway }, use) => {
      const desk = await startDesk(apps, gateway.url);
      await use(desk);
      await desk.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  channels: async ({ page }, use) => use(new ChannelsPage(page)),
});

const FIELDS = "name,ownerId,subscriberCount,lastMessageAt,createdAt,organization,avatarUrl";

/** Looks up all channels of two people, and waits until the desk knows them. */
test.beforeAll(async ({ desk, playwright, sessions }) => {
  const { request } = playwright;
  const person = await request.newContext({ baseURL: desk.url, storageState: sessions.product });
  for (const [app, subscriberId, count] of [
    ["demo", "107867", 8],
    ["many", "follows-201", 201],
  ] as const) {
    await person.get(`/lookup/stream?app=${app}&subscriber=${subscriberId}&fields=${FIELDS}`);
    const known = () => person.get(`/channels/export?app=${app}&format=csv`);
    await expect.poll(async () => readCsv(await (await known()).body()).length).toBe(1 + count);
  }
  await person.dispose();
});

const SAMPLE = "test_mill_subscriber_OA";
const SAMPLE_ID = "@TOA#_test_mill_subscriber_OA";
const LARGEST = ["Phoenix Esports Arena", SAMPLE, "Chicago Esports Arena"];

test.describe("a product manager", () => {
  test.use({ role: "product" });

  test("sees no channel of an app until one was added by its id", async ({ channels, page }) => {
    await page.goto("/overview?app=empty");
    await expect(page.getByText(/^No watched channels yet/)).toBeVisible();
    await expect(page.getByRole("link", { name: "Browse channels" })).toHaveAttribute(
      "href",
      /^\/channels\?.*view=all/,
    );
    await channels.open("?app=empty");
    await channels.expectKnown(0);
    await expect(page.getByText("No channels yet.")).toBeVisible();
    await expectAccessible(page, { isState: true });

    await page.getByRole("button", { name: "Add channels" }).click();
    const ids = channels.drawer.getByRole("textbox", { name: "Channel IDs" });
    await expect(ids).toBeFocused();
    await channels.drawer.getByRole("button", { name: "Add", exact: true }).click();
    await expect(channels.drawer.getByText("Enter at least one channel ID.")).toBeVisible();
    await ids.fill(`${SAMPLE_ID}\n${SAMPLE_ID}\n@TOA#_no_such_channel, @TOA#_a b, what else`);
    await expect(channels.drawer.getByText("3 IDs found, 1 item ignored.")).toBeVisible();
    await channels.drawer.getByRole("button", { name: "Add", exact: true }).click();
    await expect(channels.drawer.getByText("1 added")).toBeVisible();
    await expect(channels.drawer.getByText("1 not found")).toBeVisible();
    await expect(channels.drawer.getByText("1 invalid ID")).toBeVisible();
    await expect(
      channels.drawer.getByRole("row").filter({ hasText: "@TOA#_no_such_channel" }),
    ).toContainText("The channel does not exist or was deleted. (130004)");
    await expectAccessible(page, { isState: true });
    await channels.drawer.getByRole("button", { name: "Done" }).click();
    await channels.expectKnown(1);
    await expect(channels.row(SAMPLE)).toContainText("499,800");
  });

  test("adds channels from a file", async ({ channels, page }) => {
    await channels.open("?app=empty");
    await page.getByRole("button", { name: "Add channels" }).click();
    await channels.drawer.getByLabel("Or choose a file (TXT or CSV)").setInputFiles({
      name: "channels.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(`\ufeffChannel,Channel ID\r\nSample,'${SAMPLE_ID}\r\n`),
    });
    await expect(channels.drawer.getByText("1 ID found")).toBeVisible();
    const many = Array.from({ length: 1001 }, (_, index) => `@TOA#_${index}`).join("\n");
    await channels.drawer.getByRole("textbox", { name: "Channel IDs" }).fill(many);
    await expect(channels.drawer.getByText("Too many IDs: 1,001 of up to")).toBeVisible();
    await channels.drawer.getByRole("textbox", { name: "Channel IDs" }).fill(SAMPLE_ID);
    await channels.drawer.getByRole("button", { name: "Add", exact: true }).click();
    await expect(channels.drawer.getByText(/^1 (added|already added)/)).toBeVisible();
  });

  test("sees the channels that a lookup has met, and puts them in order", async ({
    channels,
    page,
  }) => {
    await channels.openKnown(8, "demo");
    await channels.expectRange("1–8 of 8");
    const firstNames = async (count: number) => (await channels.names()).slice(0, count);
    await expect.poll(() => firstNames(3)).toEqual(LARGEST);
    await channels.table.getByRole("button", { name: "Channel", exact: true }).click();
    await expect(page).toHaveURL(/sort=name/);
    await expect.poll(() => firstNames(1)).toEqual(["Chicago Esports Arena"]);
    await expect(channels.chips).toContainText(["Sorted by Channel, A to Z"]);
    await page.goBack();
    await expect(page).not.toHaveURL(/sort=/);
    await expect.poll(() => firstNames(3)).toEqual(LARGEST);

    await channels.openRow(SAMPLE);
    await page.keyboard.press("j");
    await expect(channels.drawer.getByRole("heading", { level: 2 })).toHaveText(
      "Chicago Esports Arena",
    );
    await channels.closeDrawer();
  });

  test("filters, searches and pages", async ({ channels, page }) => {
    await channels.openKnown(8, "demo");
    const form = await openFilter(page, "Organization");
    await form.getByRole("checkbox", { name: /^Alder & Vale Leisure/ }).check();
    await form.getByRole("button", { name: "Apply" }).click();
    await channels.expectRange("1–2 of 2");
    await expect
      .poll(() => channels.names())
      .toEqual(["Phoenix Esports Arena", "Chicago Esports Arena"]);
    await page.keyboard.press("/");
    await page.keyboard.type("chic");
    await channels.expectRange("1–1 of 1");
    await expect(page).toHaveURL(/[?&]q=chic(&|$)/);
    await channels.reload();
    await channels.expectRange("1–1 of 1");
    await channels.search.fill("nobody has such a name");
    await expect(page.getByText("No channels match.")).toBeVisible();
    await page.getByRole("main").getByRole("button", { name: "Reset" }).last().click();
    await channels.expectRange("1–8 of 8");

    await channels.openKnown(201, "many");
    await channels.open("?app=many&size=100");
    await channels.pages.getByRole("button", { name: "Next page" }).click();
    await channels.expectRange("101–200 of 201");
    await channels.pages.getByRole("button", { name: "Last page" }).click();
    await channels.expectRange("201–201 of 201");
    await channels.open("?app=many&size=100&offset=900000");
    await channels.expectRange("201–201 of 201");
  });

  test("counts silent channels by periods of her own", async ({ channels, page }) => {
    await channels.openKnown(8, "demo");
    await channels.search.fill(SAMPLE);
    await channels.expectRange("1–1 of 1");
    await channels.show("Silent");
    await channels.expectRange("1–1 of 1");
    const bands = page.getByRole("list", { name: "Days without a message" });
    await expect(bands.getByRole("link")).toHaveText([
      ...["All 1", "7–30 days 0", "30–90 days 0", "over 90 days 1", "Never 0"],
    ]);
    await bands.getByRole("link", { name: "7–30 days" }).click();
    await expect(page).toHaveURL(/band=0/);
    await expect(page.getByText("No channels match.")).toBeVisible();
    await bands.getByRole("link", { name: "over 90 days" }).click();
    await channels.expectRange("1–1 of 1");
    const days = page.getByRole("textbox", { name: "Limits in days" });
    await days.fill("many");
    await page.getByRole("button", { name: "Apply" }).click();
    await expect(page.getByText("Enter up to 5 whole numbers")).toBeVisible();
    await days.fill("3000 14");
    await page.getByRole("button", { name: "Apply" }).click();
    await expect(bands.getByRole("link", { name: "14–3,000 days 1" })).toBeVisible();
    await expect(page).toHaveURL(/silent=14,3000/);
    await page.goBack();
    await expect(bands.getByRole("link", { name: "over 90 days" })).toHaveAttribute(
      "aria-current",
      "true",
    );
  });

  test("reads an explanation of each view, also when it is empty", async ({ channels, page }) => {
    await channels.openKnown(8, "demo");
    await channels.show("Growing");
    await expect(page.getByText("No growing channels.")).toBeVisible();
    await expect(page.getByText(/gained subscribers in the last 7 days/)).toBeVisible();
    await channels.show("Deleted");
    await expect(page.getByText("No deleted channels.")).toBeVisible();
    await page.goBack();
    await expect(channels.views.getByRole("link", { name: "Growing" })).toHaveAttribute(
      "aria-current",
      "page",
    );
    const other = await page.context().newPage();
    await other.goto(
      (await channels.views.getByRole("link", { name: "New" }).getAttribute("href")) ?? "",
    );
    await expect(other).toHaveURL(/view=new/);
    await expect(other.getByText(/created or first seen in the last 7 days/)).toBeVisible();
    await other.close();
  });

  test("groups channels by organization", async ({ channels, page }) => {
    await channels.openKnown(8, "demo");
    await channels.search.fill("Alder & Vale");
    await page.getByRole("combobox", { name: "Group by" }).selectOption("By organization");
    const group = channels.rows.filter({ hasText: "Alder & Vale Leisure" });
    await expect(group.getByRole("cell").first()).toHaveText(/^\d+$/);
    const many = Number(await group.getByRole("cell").first().textContent());
    await group.getByRole("link").click();
    await expect(page).toHaveURL(/organization=oneOf/);
    await expect(channels.chips).toContainText(["Alder & Vale", "Alder & Vale Leisure"]);
    await expect(channels.rows).toHaveCount(many);
  });

  test("watches, tags and refreshes a channel in its drawer", async ({
    channels,
    page,
    emulator,
  }) => {
    await channels.openKnown(8, "demo");
    await channels.openRow(SAMPLE);
    await expect(page).toHaveURL(/row=/);
    const watch = channels.drawer.getByRole("button", { name: "Watch", exact: true });
    await expect(watch).toHaveAttribute("aria-pressed", "false");
    await watch.click();
    await expect(watch).toHaveAttribute("aria-pressed", "true");
    await channels.drawer.getByRole("combobox", { name: "Add a tag" }).fill(" Key  account ");
    await page.keyboard.press("Enter");
    await expect(
      channels.drawer.getByRole("listitem").filter({ hasText: "Key account" }),
    ).toBeVisible();
    const period = channels.drawer.getByRole("combobox", {
      name: /^Update interval for Key account$/,
    });
    await period.selectOption("every 5 min");
    await expect(channels.drawer.getByText("every 5 minutes")).toBeVisible();
    await expectAccessible(page, { isState: true });

    await fetch(`${emulator.url}/emulator/calls`, { method: "DELETE" });
    await channels.drawer.getByRole("button", { name: "Refresh" }).click();
    await expect(channels.drawer.getByText("Updated just now.")).toBeAttached();
    const asked = emulator.calls.filter(({ body }) => JSON.stringify(body).includes(SAMPLE_ID));
    expect(asked.length).toBeGreaterThanOrEqual(1);
    await expect(channels.drawer.getByRole("link", { name: "View chart" })).toHaveAttribute(
      "href",
      `/channels/view?app=demo&channel=${encodeURIComponent(SAMPLE_ID)}`,
    );
    await channels.closeDrawer();
    await expect(channels.table.getByRole("button", { name: SAMPLE })).toBeFocused();
    await expect(channels.row(SAMPLE).getByRole("img", { name: "watched by you" })).toBeVisible();
    await expect(channels.row(SAMPLE)).toContainText("Key account");

    // A bare address opens on the watched channels.
    await channels.open("?app=demo");
    await expect(page).toHaveURL(/view=watched/);
    await expect(
      channels.views.getByRole("link", { name: "Watched", exact: true }),
    ).toHaveAttribute("aria-current", "page");
    await channels.expectRange("1–1 of 1");
    await channels.openRow(SAMPLE);
    await channels.drawer.getByRole("button", { name: "Remove the tag Key account" }).click();
    await expect(channels.drawer.getByText("No tags yet.")).toBeVisible();
    await watch.click();
    await expect(watch).toHaveAttribute("aria-pressed", "false");
    await channels.closeDrawer();
    await expect(page.getByText(/^No watched channels yet/)).toBeVisible();
  });

  test("changes several channels at once", async ({ channels, page }) => {
    await channels.openKnown(8, "demo");
    await channels.search.fill("esports arena");
    await expect(channels.chips).toContainText(["esports arena"]);
    for (const name of ["Phoenix Esports Arena", "Chicago Esports Arena"]) {
      await channels.table.getByRole("checkbox", { name: `Select ${name}` }).check();
    }
    const bar = page.getByRole("region", { name: "Selected channels" });
    await expect(bar.getByText("2 selected")).toBeVisible();
    await bar.getByRole("button", { name: "Watch for team", exact: true }).click();
    await expect(bar.getByText("Changed 2 channels.")).toBeVisible();
    await bar.getByRole("textbox", { name: "Tag" }).fill("arenas");
    await bar.getByRole("button", { name: "Add tag" }).click();
    await expect(channels.row("Chicago Esports Arena")).toContainText("arenas");
    await expect(bar.getByText("Changed 2 channels.")).toBeVisible();
    await bar.getByRole("button", { name: "Undo" }).click();
    await expect(channels.row("Chicago Esports Arena")).not.toContainText("arenas");
    await expect(bar.getByText("Changed 2 channels.")).toBeVisible();
    await bar.getByRole("button", { name: "Undo" }).click();
    await expect(channels.row("Chicago Esports Arena")).toContainText("arenas");
    const watched = { name: "watched by the team" };
    await expect(channels.row("Chicago Esports Arena").getByRole("img", watched)).toBeVisible();
    await expectAccessible(page, { isState: true });
    await page.setViewportSize({ width: 1280, height: 800 });
    await bar.getByRole("button", { name: "Remove tag" }).click();
    await expect(channels.row("Chicago Esports Arena")).not.toContainText("arenas");
    await bar.getByRole("button", { name: "Unwatch for team" }).click();
    await expect(channels.row("Chicago Esports Arena").getByRole("img", watched)).toHaveCount(0);
    await bar.getByRole("button", { name: "Clear selection" }).click();
    await expect(bar).toBeHidden();
  });

  test("compares two channels of the list in one chart with three clicks", async ({
    channels,
    page,
  }) => {
    await channels.openKnown(8, "demo");
    const clicks = await countClicks(page);
    for (const name of ["Phoenix Esports Arena", "Chicago Esports Arena"]) {
      await channels.table.getByRole("checkbox", { name: `Select ${name}` }).click();
    }
    const bar = page.getByRole("region", { name: "Selected channels" });
    await bar.getByRole("link", { name: "Compare", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Phoenix Esports Arena");
    const compared = page.getByRole("list", { name: "Compared with" });
    await expect(compared.getByText("Chicago Esports Arena")).toBeVisible();
    expect(clicks()).toBe(3);
  });

  for (const place of ["first", "last"] as const) {
    test(`a second click on the box of the ${place} row unselects it and changes nothing`, async ({
      channels,
      page,
    }) => {
      await channels.openKnown(8, "demo");
      const watched = channels.table.getByRole("img", { name: /^watched/ });
      const before = await watched.count();
      const box = channels.rows[place]().getByRole("checkbox");
      await box.scrollIntoViewIfNeeded();
      const spot = await box.boundingBox();
      if (!spot) throw new Error("There is no box to click.");
      const bar = page.getByRole("region", { name: "Selected channels" });
      await page.mouse.click(spot.x + 8, spot.y + 8);
      await expect(bar.getByRole("button", { name: "Watch", exact: true })).toBeVisible();
      expect(await box.boundingBox()).toEqual(spot);
      await page.mouse.click(spot.x + 8, spot.y + 8);
      await expect(box).not.toBeChecked();
      await expect(bar).toBeHidden();
      expect(await box.boundingBox()).toEqual(spot);
      await channels.openKnown(8, "demo");
      await expect(watched).toHaveCount(before);
    });
  }

  test("takes away all that match, with the columns of the screen", async ({ channels, page }) => {
    await channels.openKnown(201, "many");
    await channels.open(
      "?app=many&columns=name,subscriberCount,changeWeek&size=20&sort=name&offset=20",
    );
    const wanted = new ExportDialog(page);
    await wanted.choose("CSV");
    await expect(wanted.dialog.getByText(/All 201 channels, 5 columns, sorted by/)).toBeVisible();
    await wanted.start.click();
    await expect(wanted.dialog.getByText("Exported 201 channels.")).toBeVisible();
    const rows = readCsv(await wanted.saved(".csv"));
    expect(rows[0]).toEqual(["Channel", "Subscribers", "7d change", "7d change %", "Channel ID"]);
    expect(rows).toHaveLength(202);
    expect(wanted.names()[0]).toMatch(/^channels-many-\d{8}T\d{6}Z\.csv$/);
  });

  test("keeps a view, its columns and their widths", async ({ channels, page }) => {
    await channels.openKnown(8, "demo");
    await page.getByRole("button", { name: /^Columns/ }).click();
    await page.getByRole("checkbox", { name: "First seen" }).check();
    await page.keyboard.press("Escape");
    await expect(channels.table.getByRole("columnheader", { name: "First seen" })).toBeVisible();
    await page.getByRole("button", { name: "Views", exact: true }).click();
    const menu = page.getByRole("dialog", { name: "Views" });
    await menu.getByRole("button", { name: "Save this view…" }).click();
    await menu.getByRole("textbox", { name: "Name" }).fill("Since when");
    await menu.getByRole("button", { name: "Save", exact: true }).click();
    await expect(menu.getByRole("status").last()).toHaveText("Saved as “Since when”.");
    await channels.open("?view=gone");
    await page.getByRole("button", { name: "Views", exact: true }).click();
    await menu.getByRole("button", { name: "Since when", exact: true }).click();
    await expect(channels.table.getByRole("columnheader", { name: "First seen" })).toBeVisible();
    await expect(page).not.toHaveURL(/view=gone/);

    const width = channels.table.getByRole("separator", { name: "Resize First seen" });
    await width.focus();
    const stored = storing(page);
    await page.keyboard.press("Home");
    await stored;
    await channels.reload();
    await expect(width).toHaveAttribute("aria-valuenow", "60");
  });

  test("reads names that mean harm as they are", async ({ channels, page }) => {
    await page.goto("/lookup?app=hostile&subscriber=fault-hostile");
    await expect(page.getByText("DROP TABLE").first()).toBeVisible();
    await expect(async () => {
      await channels.open("?app=hostile&q=drop+table");
      await expect(channels.rows).not.toHaveCount(0, { timeout: 500 });
    }).toPass();
    await channels.open("?app=hostile&columns=name,channelId,ownerId,organization,introduction");
    await expectAccessible(page, { isState: true });
  });

  test("keeps the shown rows when the desk cannot be reached", async ({
    channels,
    context,
    page,
  }) => {
    await channels.openKnown(8, "demo");
    await context.setOffline(true);
    await channels.refresh.click();
    await expect(channels.alert).toContainText("Could not refresh. Showing data from");
    await channels.show("Deleted");
    await expect(channels.alert).toContainText("Could not reach Channel Desk.");
    await context.setOffline(false);
    await channels.alert.locator("..").getByRole("button", { name: "Retry" }).click();
    await expect(page.getByText("No deleted channels.")).toBeVisible();
  });

  for (const locale of CHECKED_LOCALES) {
    test(`meets nothing serious in any width and theme, in ${locale}`, async ({
      channels,
      context,
      desk,
      page,
    }) => {
      await channels.openKnown(8, "demo");
      await context.addCookies([{ name: "locale", value: locale, url: desk.url }]);
      await page.goto("/channels?view=silent&row=%40TOA%23_test_mill_subscriber_OA");
      await expect(channels.drawer.getByText("499,800", { exact: true })).toBeVisible();
      await expectAccessible(page);
      await page.goto("/channels?group=ownerId");
      await expect(channels.rows.first()).toBeVisible();
      await expectAccessible(page, { isState: true });
    });
  }
});
