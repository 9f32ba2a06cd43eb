import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures";
import { filterButton, LookupPage, openFilter } from "./lookup-page";
import { type VendorRow, vendorRows } from "./vendor-rows";

const LIST =
  "?subscriber=follows-201&fields=name,ownerId,subscriberCount,lastMessageAt,createdAt,introduction,organization";

const chips = (page: Page) =>
  page.getByRole("list", { name: "Active filters" }).getByRole("listitem");
const remove = (page: Page, words: string) =>
  page.getByRole("button", { name: `Remove filter: ${words}` });
const search = (page: Page) => page.getByRole("searchbox", { name: "Filter rows" });

/** The table holds exactly these rows, of which those in sight are the first. */
async function expectRows(lookup: LookupPage, rows: readonly VendorRow[]): Promise<void> {
  await expect(lookup.table).toHaveAttribute("aria-rowcount", String(rows.length + 1));
  const ids = rows.map((row) => row.Official_Account);
  await expect(async () => {
    const shown = await lookup.channelIds();
    expect(shown).toEqual(ids.slice(0, shown.length));
  }).toPass({ timeout: 20_000 });
}

const seconds = (iso: string) => Date.parse(iso) / 1000;
const NEW_YEAR = seconds("2022-01-01T09:30:00Z");

type Question = {
  readonly column: string;
  readonly ask: (dialog: Locator) => Promise<void>;
  readonly keeps: (row: VendorRow) => boolean;
  readonly words: string;
};

const condition = (dialog: Locator, words: string) =>
  dialog.getByLabel("Condition").selectOption({ label: words });

const QUESTIONS: readonly Question[] = [
  {
    column: "Channel",
    ask: (dialog) => dialog.getByLabel("Text").fill("RADIO"),
    keeps: (row) => row.Name.toUpperCase().includes("RADIO"),
    words: "Channel contains “RADIO”",
  },
  {
    column: "Introduction",
    ask: async (dialog) => {
      await condition(dialog, "is empty");
    },
    keeps: (row) => row.Introduction === "",
    words: "Introduction is empty",
  },
  {
    column: "Organization",
    ask: async (dialog) => {
      await dialog.getByRole("checkbox", { name: /^not provided/ }).check();
      await dialog.getByRole("searchbox", { name: "Find a value" }).fill("HARBOUR");
      await dialog.getByRole("checkbox", { name: /^Harbour Media Group/ }).check();
    },
    keeps: (row) => row.Organization === "" || row.Organization === "Harbour Media Group",
    words: "Organization: not provided or Harbour Media Group",
  },
  {
    column: "Subscribers",
    ask: async (dialog) => {
      await dialog.getByLabel("Minimum").fill("1,000");
      await dialog.getByLabel("Maximum").fill("50k");
    },
    keeps: (row) => row.SubscriberNum >= 1000 && row.SubscriberNum <= 50_000,
    words: "Subscribers: 1,000 to 50,000",
  },
  {
    column: "Created",
    ask: async (dialog) => {
      await condition(dialog, "before");
      await dialog.getByLabel("Date").fill("2022-01-01");
      await dialog.getByLabel("Time", { exact: true }).fill("09:30");
    },
    keeps: ({ CreateTime }) => CreateTime !== undefined && CreateTime < NEW_YEAR,
    words: "Created: before Jan 1, 2022, 09:30:00 UTC",
  },
  {
    column: "Last message",
    ask: (dialog) => dialog.getByLabel("Days").fill("30"),
    keeps: (row) => row.LastMsgTime >= Date.now() / 1000 - 30 * 86_400,
    words: "Last message: in the last 30 days",
  },
];

test("each kind of filter keeps the rows that a plain filter of the vendor's rows keeps", async ({
  page,
  apps,
  emulator,
}) => {
  test.slow();
  const rows = await vendorRows(apps[0], emulator.url, "follows-201");
  const lookup = new LookupPage(page);
  await lookup.open(LIST);
  for (const { column, ask, keeps, words } of QUESTIONS) {
    await test.step(words, async () => {
      const kept = rows.filter(keeps);
      expect(kept.length).toBeGreaterThan(0);
      expect(kept.length).toBeLessThan(rows.length);

      const dialog = await openFilter(page, column);
      await ask(dialog);
      await dialog.getByRole("button", { name: "Apply" }).click();
      await expect(dialog).toHaveCount(0);
      await expect(chips(page)).toHaveText([`${words}Remove filter: ${words}`]);
      await expectRows(lookup, kept);
      await page.getByRole("button", { name: "Reset" }).click();
      await expect(chips(page)).toHaveCount(0);
    });
  }
});

test("several filters and the search must all hold, and each is taken back by its chip", async ({
  page,
  apps,
  emulator,
}) => {
  const rows = await vendorRows(apps[0], emulator.url, "follows-201");
  const isNew = (row: VendorRow) => (row.CreateTime ?? 0) >= NEW_YEAR;
  const isSmall = (row: VendorRow) => row.SubscriberNum <= 100_000;
  const isRadio = ({
    Official_Account,
    Name,
    Owner_Account,
    Introduction,
    Organization,
  }: VendorRow) =>
    /radio/i.test([Official_Account, Name, Owner_Account, Introduction, Organization].join("\n"));
  const lookup = new LookupPage(page);
  await lookup.open(
    `${LIST}&q=radio&createdAt=after:2022-01-01T09:30:00.000Z&subscriberCount=between:..100000&sort=-subscriberCount`,
  );
  const bySize = (kept: readonly VendorRow[]) =>
    kept.toSorted((a, b) => b.SubscriberNum - a.SubscriberNum);
  await expect(chips(page)).toHaveCount(4);
  await expectRows(
    lookup,
    bySize(rows.filter((row) => isNew(row) && isSmall(row) && isRadio(row))),
  );

  await lookup.reload();
  await expect(chips(page)).toHaveCount(4);
  await remove(page, "Search: “radio”").click();
  await expect(chips(page)).toHaveCount(3);
  await expectRows(lookup, bySize(rows.filter((row) => isNew(row) && isSmall(row))));
  await remove(page, "Subscribers ≤ 100,000").click();
  await expectRows(lookup, bySize(rows.filter(isNew)));
  await page.getByRole("button", { name: "Remove: Sorted by Subscribers, largest first" }).click();
  await expectRows(lookup, rows.filter(isNew));
  await page.getByRole("button", { name: "Reset" }).click();
  await expect(chips(page)).toHaveCount(0);
  await expect(page).toHaveURL(`/lookup${LIST}`);
});

test("back and forward lead through the filters, and Reset leads to the search", async ({
  page,
}) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=107867");
  await expect(lookup.rows).toHaveCount(8);
  const dialog = await openFilter(page, "Owner");
  await dialog.getByRole("checkbox", { name: /^107867/ }).check();
  await page.keyboard.press("Enter");
  await expect(lookup.rows).toHaveCount(1);
  await expect(filterButton(page)).toBeFocused();
  await expect(filterButton(page)).toHaveText(/1$/);
  await expect(page).toHaveURL(/[?&]ownerId=oneOf:107867/);

  await page.goBack();
  await expect(lookup.rows).toHaveCount(8);
  await expect(chips(page)).toHaveCount(0);
  await page.goForward();
  await expect(lookup.rows).toHaveCount(1);
  await expect(chips(page)).toHaveCount(1);

  await page.getByRole("button", { name: "Reset" }).click();
  await expect(lookup.rows).toHaveCount(8);
  await expect(search(page)).toBeFocused();
});

test("the search follows every key, waits for a composition, and Escape clears it", async ({
  page,
  context,
}) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=107867");
  await search(page).pressSequentially("chicago");
  await expect(lookup.rows).toHaveCount(1);
  await expect(page).toHaveURL(/[?&]q=chicago/);
  await search(page).press("Escape");
  await expect(lookup.rows).toHaveCount(8);
  await expect(search(page)).toHaveValue("");
  await expect(page).not.toHaveURL(/[?&]q=/);

  const keyboard = await context.newCDPSession(page);
  await keyboard.send("Input.imeSetComposition", {
    text: "nothing has this",
    selectionStart: 16,
    selectionEnd: 16,
  });
  await expect(search(page)).toHaveValue("nothing has this");
  await expect(lookup.rows).toHaveCount(8);
  await keyboard.send("Input.insertText", { text: "여수" });
  await expect(search(page)).toHaveValue("여수");
  await expect(lookup.rows).toHaveCount(1);
});

test("an invalid filter value shows an error and filters nothing", async ({ page }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=107867");
  const dialog = await openFilter(page, "Subscribers");
  await dialog.getByLabel("Minimum").fill("2k");
  await dialog.getByLabel("Maximum").fill("1,000");
  await page.keyboard.press("Enter");
  await expect(dialog.getByText("The minimum must not exceed the maximum.")).toBeVisible();
  await expect(dialog.getByLabel("Minimum")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(filterButton(page)).toBeFocused();
  await expect(lookup.rows).toHaveCount(8);
  await expect(chips(page)).toHaveCount(0);
});

test("a narrow screen has all questions in a sheet", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=107867");
  const opener = filterButton(page);
  await opener.click();
  const sheet = page.getByRole("dialog");
  await sheet.getByRole("button", { name: "Owner" }).click();
  await sheet.getByRole("checkbox", { name: /^107867/ }).check();
  await sheet.getByRole("button", { name: "Apply" }).click();
  await expect(sheet.getByRole("button", { name: "Owner: 107867" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(opener).toBeFocused();
  await expect(lookup.rows).toHaveCount(1);
  await expect(remove(page, "Owner: 107867")).toBeVisible();
});

test.describe("a product manager", () => {
  test.use({ role: "product" });

  test("cannot filter by a hidden field, and no chip shows it", async ({ page }) => {
    const lookup = new LookupPage(page);
    await lookup.open(
      "?subscriber=107867&fields=name,subscriberCustomString&subscriberCustomString=contains:level",
    );
    await expect(lookup.rows).toHaveCount(8);
    await expect(chips(page)).toHaveCount(0);
    await filterButton(page).click();
    const list = page.getByRole("dialog", { name: "Filters", exact: true });
    await expect(list.getByRole("button", { name: "Channel", exact: true })).toBeVisible();
    await expect(list.getByRole("button", { name: "Subscriber custom data" })).toHaveCount(0);
  });
});
