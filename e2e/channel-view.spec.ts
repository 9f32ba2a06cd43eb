import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { openDatabase } from "@/lib/db/open-database";
import { Secret } from "@/lib/secret";
import { CHECKED_LOCALES, expectAccessible } from "./accessible";
import { type Desk, startDesk } from "./desk";
import { readCsv } from "./exported";
import { test as base, expect } from "./fixtures";
import { LookupPage } from "./lookup-page";
import { seedTrends } from "./seed-trends";
import { copySeeded, dropCopy } from "./seeded-database";

/** A desk whose database knows some channels for a year. */
const test = base.extend<object, { desk: Desk }>({
  desk: [
    async ({ apps, gateway }, use) => {
      const url = await copySeeded();
      const { db, close } = await openDatabase({ kind: "postgres", url: new Secret(url) });
      await seedTrends(db);
      await close();
      const desk = await startDesk(apps, gateway.url, { DATABASE_URL: url });
      await use(desk);
      await desk.stop();
      await dropCopy(url);
    },
    { scope: "worker", timeout: 120_000 },
  ],
});

test.use({ role: "product", timezoneId: "Europe/Berlin" });

const view = (more: Record<string, string> = {}) =>
  `/channels/view?${new URLSearchParams({ app: "other", channel: "@TOA#_steady", ...more })}`;

const chart = (page: Page) => page.getByRole("figure").getByRole("img");
const cursor = (page: Page) => page.getByRole("slider", { name: "Chart cursor" });
const told = (page: Page) => page.getByRole("figure").getByRole("status");
const table = (page: Page) => page.getByRole("table", { name: "Subscribers by time" });

/** What is drawn: how many different colours the canvas has. */
function drawn(page: Page): Promise<number> {
  return page.locator("canvas").evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ?? {
      data: [],
    };
    const pixels = new Uint32Array(new Uint8Array(data).buffer);
    return new Set(pixels).size;
  });
}

async function open(page: Page, more: Record<string, string> = {}): Promise<void> {
  await page.goto(view(more));
  await expect(page.locator("canvas")).toBeVisible();
}

test("shows the fields of a channel and the chart of its counts", async ({ page }) => {
  await open(page);
  await expect(page.getByRole("heading", { level: 1, name: "Harbour Weekly" })).toBeVisible();
  await expect(page).toHaveTitle("Harbour Weekly · Channel Desk");
  await expect(page.getByText("@TOA#_steady", { exact: true }).first()).toBeVisible();
  const fact = (label: string) =>
    page.locator("dl > div").filter({ has: page.getByText(label, { exact: true }) });
  await expect(fact("Subscribers")).toContainText("52,00");
  await expect(fact("Subscribers")).toContainText("updated ");
  await expect(fact("24 hours")).toContainText("+31");
  await expect(fact("7 days")).toContainText("−120");
  await expect(fact("Watched by")).toContainText("the team");
  await expect(fact("Organization")).toContainText("Quay Press");
  await expect(page.getByRole("button", { name: "Watch for team" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await expect(chart(page)).toHaveAttribute(
    "aria-label",
    /^Subscribers from .+ to .+\. Harbour Weekly: first [\d,]+, last [\d,]+, .+; no gaps\.$/,
  );
  await expect.poll(() => drawn(page)).toBeGreaterThan(20);
  await expect(page.getByRole("link", { name: "All channels" })).toHaveAttribute(
    "href",
    "/channels?app=other&row=%40TOA%23_steady",
  );
});

test("ranges, zones, comparisons and indexes are addresses", async ({ page }) => {
  await open(page);
  const ranges = page.getByRole("group", { name: "Range" });
  await expect(ranges.getByRole("link", { name: "30 days" })).toHaveAttribute(
    "aria-current",
    "true",
  );
  await ranges.getByRole("link", { name: "7 days" }).click();
  await expect(page).toHaveURL(/range=7d/);
  await expect(page.getByText(/of 168 rows|of 169 rows/)).toBeVisible();

  const custom = ranges.getByRole("button");
  await custom.click();
  const dates = page.getByRole("dialog", { name: "Custom date range" });
  await dates.getByLabel("From").fill("2026-03-29");
  await dates.getByLabel("To").fill("2026-03-28");
  await dates.getByRole("button", { name: "Show" }).click();
  await expect(dates.getByRole("alert")).toHaveText("The start date is after the end date.");
  await dates.getByLabel("To").fill("2026-03-29");
  await dates.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/from=2026-03-29&to=2026-03-29&zone=Europe\/Berlin/);
  await expect(custom).toHaveText("Mar 29, 2026 – Mar 29, 2026");
  await expect(custom).toHaveAttribute("aria-current", "true");
  // The day on which the clock is set forward.
  await expect(chart(page)).toHaveAttribute(
    "aria-label",
    /^Subscribers from Mar 29, 2026, 00:00:00 GMT\+1 to Mar 30, 2026, 00:00:00 GMT\+2\./,
  );
  await ranges.getByRole("link", { name: "7 days" }).click();
  await expect(page).not.toHaveURL(/from=/);
  await expect(custom).toHaveText("Custom…");

  const zone = page.getByRole("combobox", { name: "Time zone" });
  await expect(zone).toHaveValue("Europe/Berlin");
  const newest = table(page).getByRole("rowheader").first();
  const inBerlin = await newest.textContent();
  await zone.selectOption("Asia/Tokyo");
  await expect(page).toHaveURL(/zone=Asia\/Tokyo/);
  await expect(newest).toContainText("GMT+9");
  await expect(newest).not.toHaveText(inBerlin ?? "");

  await page.getByRole("button", { name: "Compare" }).click();
  const picker = page.getByRole("dialog", { name: "Compare" });
  await picker.getByRole("searchbox", { name: "Name or channel ID" }).fill("night");
  await picker.getByRole("button", { name: "Night Market" }).click();
  await expect(page).toHaveURL(/with=@TOA%23_rival|with=%40TOA%23_rival/);
  const compared = page.getByRole("list", { name: "Compared with" });
  await expect(compared.getByText("Night Market")).toBeVisible();
  await expect(chart(page)).toHaveAttribute("aria-label", /Night Market: .+; 1 gap\.$/);
  await expect(table(page).getByRole("columnheader")).toHaveText([
    "Time",
    "Harbour Weekly",
    "Change Harbour Weekly",
    "Night Market",
    "Change Night Market",
  ]);

  await page.getByRole("link", { name: "Relative (start = 100)" }).click();
  await expect(page).toHaveURL(/index=1/);
  await expect(page.getByText("Start of range = 100")).toBeVisible();
  await expect(table(page).getByRole("columnheader").nth(1)).toHaveText("Harbour Weekly (index)");

  const address = page.url();
  await page.reload();
  await expect(compared.getByText("Night Market")).toBeVisible();
  await expect(zone).toHaveValue("Asia/Tokyo");
  expect(page.url()).toBe(address);

  await page.getByRole("link", { name: "Remove Night Market from the comparison" }).click();
  await expect(compared).toBeHidden();
  await page.goBack();
  await expect(compared.getByText("Night Market")).toBeVisible();
});

test("the table has the numbers of the chart, and the files those of the table", async ({
  page,
}) => {
  await open(page, { range: "24h", with: "@TOA#_rival", index: "1", zone: "UTC" });
  const rows = table(page).getByRole("row");
  const shown: string[][] = [];
  for (const row of (await rows.all()).slice(1)) {
    const time = await row.locator("time").getAttribute("datetime");
    shown.push([time ?? "", ...(await row.getByRole("cell").allInnerTexts())]);
  }
  expect(shown.length).toBeGreaterThan(20);
  const saved = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export as CSV" }).click();
  const download = await saved;
  expect(download.suggestedFilename()).toMatch(/^trend-of-_TOA__steady-other-\d{8}T\d{6}Z\.csv$/);
  const [head, ...lines] = readCsv(await readFile(await download.path()));
  expect(head).toEqual(["Time", "Channel ID", "Channel", "Subscribers", "Change", "Index"]);
  const format = (text: string | undefined, sign?: "exceptZero") =>
    text === "" || text === undefined
      ? ""
      : new Intl.NumberFormat("en", { signDisplay: sign }).format(Number(text)).replace("-", "−");
  const indexes: number[] = [];
  const written = Array.from({ length: lines.length / 2 }, (_, place) => {
    const [one = [], two = []] = [lines[2 * place], lines[2 * place + 1]];
    const cells = [one, two].flatMap(([, , , count, change, index]) => {
      indexes.push(Number(index));
      return [count === "" ? "no data" : `(${format(count)})`, format(change, "exceptZero")];
    });
    return [one[0] ?? "", ...cells];
  });
  // The range of the file begins a bit later than that of the page.
  const counts = shown.map((cells) => cells.map((cell) => cell.replace(/^[\d.,]+ /, "")));
  expect(written.slice(1).toReversed()).toEqual(counts.slice(0, -1));
  // The page has one digit of the index, the file two.
  const [latest = []] = shown;
  const shownIndexes = [latest[1], latest[3]].map((cell) => Number.parseFloat(cell ?? ""));
  for (const [place, index] of indexes.slice(-2).entries()) {
    expect(Math.abs(index - (shownIndexes[place] ?? 0))).toBeLessThan(0.056);
  }
});

test("arrow keys move the cursor between times, and each value is announced", async ({ page }) => {
  await open(page, { range: "24h" });
  await cursor(page).focus();
  await expect(told(page)).toContainText("press the arrow keys");
  await page.keyboard.press("Home");
  await expect(told(page)).toContainText(/Harbour Weekly: [\d,]+/);
  const first = (await told(page).textContent()) ?? "";
  await expect(cursor(page)).toHaveAttribute("aria-valuetext", /Harbour Weekly: [\d,]+/);
  await expect(cursor(page)).toHaveAttribute("aria-valuenow", "0");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(cursor(page)).toHaveAttribute("aria-valuenow", "2");
  await expect(told(page)).not.toHaveText(first);
  await page.keyboard.press("End");
  const newest = await table(page).getByRole("rowheader").first().textContent();
  await expect(told(page)).toContainText(newest ?? "?");
  await page.keyboard.press("Escape");
  await expect(told(page)).toContainText("press the arrow keys");
});

/** Returns the size of a PNG file, and the number of transparent pixels. */
async function pictured(page: Page, file: Buffer): Promise<[number, number, number]> {
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (unit) => unit.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes]));
    const { width, height } = image;
    const context = new OffscreenCanvas(width, height).getContext("2d");
    context?.drawImage(image, 0, 0);
    const data = context?.getImageData(0, 0, width, height).data ?? [];
    return [width, height, data.filter((value, index) => index % 4 === 3 && value < 255).length];
  }, file.toString("base64"));
}

test("the chart can be taken away as a picture, in the colours of the theme", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, { range: "24h", with: "@TOA#_rival" });
  const files: Buffer[] = [];
  const shown = () => page.locator("canvas").evaluate((c: HTMLCanvasElement) => c.toDataURL());
  let before = "";
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expect.poll(shown).not.toBe(before);
    before = await shown();
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download PNG" }).click();
    const download = await saved;
    expect(download.suggestedFilename()).toMatch(/^trend-of-_TOA__steady-other-\d{8}T\d{6}Z\.png$/);
    files.push(await readFile(await download.path()));
  }
  const chartSize = await page
    .locator("canvas")
    .evaluate((canvas: HTMLCanvasElement) => [canvas.width, canvas.height]);
  const [light, dark] = files;
  for (const file of files) {
    const [width, height, transparent] = await pictured(page, file);
    expect(width).toBeGreaterThan(chartSize[0] ?? 0);
    // A title, two notes and the two names of the legend stand above the chart.
    expect(height).toBeGreaterThanOrEqual((chartSize[1] ?? 0) + 100);
    expect(transparent).toBe(0);
  }
  expect(light?.equals(dark ?? Buffer.of())).toBe(false);

  await page.getByRole("button", { name: "Copy image" }).click();
  await expect(page.getByText("Image copied.")).toBeVisible();
  const copied = () =>
    page.evaluate(async () => {
      const [item] = await navigator.clipboard.read();
      return item?.types ?? [];
    });
  await expect.poll(copied).toContain("image/png");
});

test("follows the theme, and the width of the window", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page);
  const picture = () => page.locator("canvas").evaluate((c: HTMLCanvasElement) => c.toDataURL());
  const light = await picture();
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(picture).not.toBe(light);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect
    .poll(() => page.locator(".uplot").evaluate((plot) => plot.clientWidth))
    .toBeLessThan(390);
});

test("the whole chart fits on paper that is narrower than the window", async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await open(page);
  await expect
    .poll(async () => (await page.locator("canvas").boundingBox())?.width)
    .toBeGreaterThan(900);
  await page.emulateMedia({ media: "print" });
  // A printer lays the page out without running scripts, so nothing is drawn again.
  const [before, after] = await page.getByRole("figure").evaluate((figure: HTMLElement) => {
    const measure = () => {
      const canvas = figure.querySelector("canvas")?.getBoundingClientRect() ?? new DOMRect();
      const { clientWidth, scrollWidth } = figure;
      return { canvas: [canvas.width, canvas.height], clientWidth, scrollWidth };
    };
    const wide = measure();
    figure.style.width = "600px";
    return [wide, measure()] as const;
  });
  const [width = 0, height = 0] = after.canvas;
  expect(before.canvas[0]).toBeGreaterThan(900);
  expect(width).toBeGreaterThan(500);
  expect(width).toBeLessThanOrEqual(600);
  expect(after.scrollWidth).toBeLessThanOrEqual(after.clientWidth);
  const [wasWide = 0, wasHigh = 0] = before.canvas;
  expect(width / height).toBeCloseTo(wasWide / wasHigh, 1);
});

const WITHOUT_CHART = [
  [
    "an unknown one",
    { channel: "@TOA#_nobody" },
    /The channel @TOA#_nobody is not known in Other\./,
  ],
  ["one without a count", { channel: "@TOA#_uncounted" }, "No subscriber data yet."],
  ["one counted long ago", { channel: "@TOA#_long_ago" }, /No data in this range\. Last update:/],
  ["one with a single reading", { channel: "@TOA#_once" }, "Only one data point so far."],
  ["one that is gone", { channel: "@TOA#_gone" }, "Deleted since"],
  [
    "one that began with nothing",
    { channel: "@TOA#_zero", index: "1" },
    /No index for From Nothing/,
  ],
  ["none", { channel: "" }, "No channel selected."],
  ["an app that there is not", { app: "none" }, /app/],
] as const;

test("has its own words for each channel that has no chart", async ({ page }) => {
  for (const [name, more, sentence] of WITHOUT_CHART) {
    await page.goto(view(more));
    await expect(page.getByRole("main").getByText(sentence).first(), name).toBeVisible();
  }
});

test("is for everybody, also a year of it", async ({ page }) => {
  test.slow();
  const headers = table(page).getByRole("columnheader");
  await open(page, { range: "1y" });
  await expect(headers).toHaveText(["Time", "Subscribers", "Change"]);
  await expectAccessible(page, { isState: true });
  // The oldest rows are of hours and days, which have a least and a most.
  await open(page, { range: "1y", page: "999" });
  await expect(headers).toHaveText(["Time", "Subscribers", "Change", "Low", "High"]);
});

// Of a day there are few rows: each cell takes its time.
const COMPARED = { range: "24h", with: "@TOA#_rival,@TOA#_zero", index: "1" };

for (const locale of CHECKED_LOCALES) {
  test.describe(locale, () => {
    test.use({ locale });
    test("is shown in this language, and is accessible", async ({ page }) => {
      test.slow();
      const { trend, fields } = JSON.parse(readFileSync(`lib/messages/${locale}.json`, "utf8"));
      await open(page, COMPARED);
      await expect(page.getByRole("link", { name: trend.ranges["7d"] })).toBeVisible();
      await expect(page.getByRole("slider", { name: trend.cursor })).toBeAttached();
      await expect(page.getByText(fields.organization, { exact: true })).toBeVisible();
      await expect.poll(() => drawn(page)).toBeGreaterThan(20);
      await expectAccessible(page);
    });
  });
}

test("brings its library along, and to nobody else", async ({ page }) => {
  const scripts: string[] = [];
  page.on("response", async (answer) => {
    if (answer.url().endsWith(".js")) scripts.push(await answer.text().catch(() => ""));
  });
  const hasChart = () => scripts.some((text) => text.includes("u-cursor-pt"));
  const lookup = new LookupPage(page);
  await lookup.open();
  await lookup.lookUp("107867");
  await expect(page.getByText("subscribed to 8 channels")).toBeVisible();
  expect(scripts.length).toBeGreaterThan(3);
  expect(hasChart()).toBe(false);
  await open(page);
  await expect.poll(hasChart).toBe(true);
});

test.describe("support", () => {
  test.use({ role: "support" });
  test("has no such page", async ({ page }) => {
    const answer = await page.goto(view());
    expect(answer?.status()).toBe(404);
  });
});
