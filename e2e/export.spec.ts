import { expectAccessible } from "./accessible";
import { ExportDialog, rawCsv, readCsv, readSheet } from "./exported";
import { expect, test } from "./fixtures";
import { LookupPage, listRequests } from "./lookup-page";
import { storing } from "./stored";

const FIELDS = "fields=name,ownerId,subscriberCount,createdAt";

test.use({ role: "product" });

type Row = Record<string, unknown>;

/** The emulator's clock moves the counts between two files. */
const still = ({ subscriberCount: _, ...rest }: Row): Row => rest;

const AFTER = "2023-01-01T00:00:00.000Z";

test("each kind of file holds the same channels, all pages of them, as filtered and sorted", async ({
  page,
}) => {
  // By what stands still, or a channel could be in another place of the next file.
  const view = `&sort=-createdAt&createdAt=after:${AFTER}`;
  await new LookupPage(page).open(`?subscriber=follows-201&${FIELDS}${view}`);
  const wanted = new ExportDialog(page);
  for (const format of ["CSV", "Excel (XLSX)", "JSON", "NDJSON"]) {
    await wanted.choose(format);
    await expect(
      wanted.dialog.getByText(/of 201 channels, 5 columns, sorted by Created ↓/),
    ).toBeVisible();
    await wanted.start.click();
    await expect(wanted.dialog.getByText(/^Exported [\d,]+ channels/)).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(wanted.dialog).toHaveCount(0);
  }
  await expect.poll(() => wanted.names().length).toBe(5);
  for (const name of wanted.names())
    expect(name).toMatch(/^channels-of-follows-201-demo-\d{8}T\d{6}Z\./);

  const { channels, manifest } = JSON.parse((await wanted.saved("Z.json")).toString());
  const times = channels.map((channel: { createdAt: string }) => channel.createdAt);
  expect(times.length).toBeGreaterThan(50);
  expect(times.length).toBeLessThan(201);
  expect(times.every((time: string) => time > AFTER)).toBe(true);
  expect(times).toEqual(times.toSorted().toReversed());
  expect(manifest).toMatchObject({
    app: { slug: "demo", name: "Demo", sdkAppId: 1400000001 },
    subscriber: "follows-201",
    fields: ["name", "subscriberCount", "channelId", "ownerId", "createdAt"],
    filters: { createdAt: `after:${AFTER}` },
    sorts: "-createdAt",
    expectedRows: 201,
    readRows: 201,
    matchingRows: channels.length,
    writtenRows: channels.length,
    outcome: "complete",
  });

  const lines = (await wanted.saved(".ndjson")).toString().trimEnd().split("\n");
  expect(lines.slice(0, -1).map((line) => still(JSON.parse(line)))).toEqual(channels.map(still));
  expect(JSON.parse(lines.at(-1) ?? "").manifest).toMatchObject({
    format: "ndjson",
    writtenRows: channels.length,
  });

  const csv = await wanted.saved(".csv");
  expect([...csv.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const [head, ...rows] = readCsv(csv);
  expect(head).toEqual(["Channel", "Subscribers", "Channel ID", "Owner", "Created"]);
  const cells = channels.map((channel: Row) => Object.values(still(channel)));
  expect(rows.map((row) => row.toSpliced(1, 1))).toEqual(
    cells.map((row: unknown[]) => row.map((cell) => String(cell ?? ""))),
  );
  expect(JSON.parse((await wanted.saved(".manifest.json")).toString())).toMatchObject({
    format: "csv",
  });

  const sheet = await readSheet(await wanted.saved(".xlsx"), "channels");
  expect(sheet[0]).toEqual(head);
  const asJson = (cell: unknown) => (cell instanceof Date ? cell.toISOString() : cell);
  expect(sheet.slice(1).map((row) => row.map(asJson).toSpliced(1, 1))).toEqual(cells);
  expect(sheet.slice(1).every((row) => typeof row[1] === "number")).toBe(true);
  const about = Object.fromEntries(await readSheet(await wanted.saved(".xlsx"), "manifest"));
  expect(about).toMatchObject({ subscriber: "follows-201", writtenRows: channels.length });
});

test("the selected rows alone make a file, and it says so", async ({ page }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=107867&fields=name");
  const ids = await lookup.channelIds();
  for (const index of [4, 1]) await lookup.rows.nth(index).getByRole("checkbox").check();
  await page.getByRole("button", { name: "Export selection" }).click();
  const wanted = new ExportDialog(page);
  await expect(wanted.dialog.getByText("The 2 selected channels of 8")).toBeVisible();
  await wanted.dialog.getByRole("radio", { name: /^JSON/ }).check();
  await wanted.start.click();
  await expect(wanted.dialog.getByText("Exported 2 channels.")).toBeVisible();
  const file = JSON.parse((await wanted.saved("Z.json")).toString());
  expect(file.channels.map((row: { channelId: string }) => row.channelId)).toEqual([
    ids[1],
    ids[4],
  ]);
  expect(file.manifest).toMatchObject({ selectedRows: 2, writtenRows: 2, readRows: 8 });
});

test("hostile texts run nowhere and come out as they went in", async ({ page }) => {
  await new LookupPage(page).open(
    "?subscriber=fault-hostile&fields=name,ownerId,introduction,organization,customString,avatarUrl",
  );
  const wanted = new ExportDialog(page);
  for (const format of ["CSV", "JSON"]) {
    await wanted.choose(format);
    await wanted.start.click();
    await expect(wanted.dialog.getByText("Exported 12 channels")).toBeVisible();
    await page.keyboard.press("Escape");
  }
  await expect.poll(() => wanted.names().length).toBe(3);
  const { channels } = JSON.parse((await wanted.saved("Z.json")).toString());
  const csv = await wanted.saved(".csv");
  const raw = rawCsv(csv).flat();
  expect(raw.filter((cell) => /^[\s\p{Cc}]*[=+\-@＝＋－＠]/u.test(cell))).toEqual([]);
  expect(raw).toContain("'=cmd|'' /C calc'!A0");
  // A half character is no UTF-8, and at NUL many readers stop.
  const held = (text: string) => Buffer.from(text).toString().replaceAll("\0", "␀");
  const cells = channels.map((channel: Record<string, string | null>) =>
    Object.values(channel).map((cell) => held(cell ?? "")),
  );
  expect(readCsv(csv).slice(1)).toEqual(cells);
});

test("a list that is long and unsorted shows how far it is, and is whole", async ({
  page,
  gateway,
}) => {
  await new LookupPage(page).open("?subscriber=follows-5001&fields=name");
  const last = gateway.hold("follows-5001", 5000);
  const wanted = new ExportDialog(page);
  await wanted.choose("CSV");
  await expect(
    wanted.dialog.getByText("All 5,001 channels, 2 columns, in original order."),
  ).toBeVisible();
  await wanted.start.click();
  await expect(wanted.progress).toHaveAttribute("max", "5001");
  await expect(wanted.dialog.getByText(/[\d,]+ of 5,001 loaded/)).toBeVisible();
  last.release();
  await expect(wanted.dialog.getByText("Exported 5,001 channels.")).toBeVisible();
  await expect.poll(() => wanted.names().length).toBe(2);
  const ids = readCsv(await wanted.saved(".csv")).map(([, id]) => id);
  expect(new Set(ids).size).toBe(5002);
});

test("Cancel ends the vendor's calls, and there is no file", async ({ page, emulator }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=follows-10000&fields=name");
  emulator.set({ delayMs: 1000 });
  const wanted = new ExportDialog(page);
  await wanted.choose("CSV");
  await wanted.start.click();
  await expect(wanted.dialog.getByText(/[\d,]+ of 10,000 loaded/)).toBeVisible();
  await wanted.cancel.click();
  await expect(wanted.dialog.getByText("Export canceled. No file was created.")).toBeVisible();
  await page.keyboard.press("Escape");
  emulator.set({ delayMs: 0 });
  await lookup.lookUp("follows-1");
  await expect(lookup.rows).toHaveCount(1);
  // The lookup's own page, the first of the export, and those that were under way.
  const calls = listRequests(emulator).filter((each) => each.Subscriber_Account !== "follows-1");
  expect(calls.length).toBeGreaterThan(2);
  expect(calls.length).toBeLessThan(1 + 50);
  expect(wanted.names()).toEqual([]);
});

test("closing the dialog cancels, too", async ({ page, emulator }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=follows-10000&fields=name");
  emulator.set({ delayMs: 1000 });
  const wanted = new ExportDialog(page);
  await wanted.choose("JSON");
  const asked = page.waitForEvent("requestfailed", (request) => request.url().includes("/export?"));
  await wanted.start.click();
  await expect(wanted.progress).toBeVisible();
  await page.keyboard.press("Escape");
  await asked;
  await expect(wanted.button).toBeFocused();
  expect(wanted.names()).toEqual([]);
});

test("a failed reading gives no file, says why, and can be tried again", async ({
  page,
  gateway,
}) => {
  await new LookupPage(page).open("?subscriber=follows-201&fields=name");
  gateway.refuse("follows-201", 20005);
  const wanted = new ExportDialog(page);
  await wanted.choose("CSV");
  await wanted.start.click();
  await expect(wanted.alert).toContainText("20005");
  await expect(wanted.dialog.getByText("No file was created.")).toBeVisible();
  expect(wanted.names()).toEqual([]);
  gateway.reset();
  await wanted.dialog.getByRole("button", { name: "Retry" }).click();
  await expect(wanted.dialog.getByText("Exported 201 channels.")).toBeVisible();
  await expect.poll(() => wanted.names().length).toBe(2);

  await new LookupPage(page).open("?subscriber=fault-never-complete&fields=name");
  await wanted.choose("NDJSON");
  await wanted.start.click();
  await expect(wanted.alert).toContainText("never reported the end of");
  expect(wanted.names()).toHaveLength(2);
});

test("a list that moved is a file, and says so", async ({ page }) => {
  await new LookupPage(page).open("?subscriber=fault-shifting&fields=name");
  const wanted = new ExportDialog(page);
  await wanted.choose("JSON");
  await wanted.start.click();
  await expect(wanted.alert).toContainText("The list changed while it was loading");
  await expect.poll(() => wanted.names().length).toBe(1);
  const { channels, manifest } = JSON.parse((await wanted.saved(".json")).toString());
  const ids = new Set(channels.map((channel: { channelId: string }) => channel.channelId));
  expect(ids.size).toBe(channels.length);
  expect(manifest).toMatchObject({ outcome: "changed", totalChanged: true });
});

test("two presses make one file", async ({ page }) => {
  await new LookupPage(page).open("?subscriber=follows-201&fields=name");
  const wanted = new ExportDialog(page);
  const asked: string[] = [];
  page.on("request", (request) => request.url().includes("/export?") && asked.push(request.url()));
  await wanted.choose("JSON");
  await wanted.start.evaluate((button: HTMLButtonElement) => {
    button.click();
    button.click();
  });
  await expect(wanted.dialog.getByText("Exported 201 channels.")).toBeVisible();
  expect(asked).toHaveLength(1);
});

test("by keyboard alone, and accessible", async ({ page }) => {
  await new LookupPage(page).open("?subscriber=follows-201&fields=name");
  const wanted = new ExportDialog(page);
  await wanted.button.focus();
  await page.keyboard.press("Enter");
  await wanted.dialog.getByRole("radio", { name: "CSV" }).focus();
  await page.keyboard.press("ArrowDown");
  await expect(wanted.dialog.getByRole("radio", { name: "Excel (XLSX)" })).toBeChecked();
  await page.keyboard.press("Tab");
  await expect(wanted.start).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(wanted.dialog.getByText("Exported 201 channels.")).toBeVisible();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect.poll(() => wanted.names().length).toBe(2);
  expect(wanted.names().at(-1)).toMatch(/\.manifest\.json$/);
  await expectAccessible(page, { onlySerious: true, isState: true });
  await page.keyboard.press("Escape");
  await expect(wanted.button).toBeFocused();
});

test.describe("support", () => {
  test.use({ role: "support" });

  test("reads who can help, and the address returns no file either", async ({ page, emulator }) => {
    await new LookupPage(page).open("?subscriber=107867");
    const wanted = new ExportDialog(page);
    await expect(wanted.button).toHaveAttribute("aria-disabled", "true");
    await wanted.button.focus();
    await page.keyboard.press("Enter");
    await expect(
      page.getByText(
        "Your role (support) does not have permission to export. Contact an administrator.",
      ),
    ).toBeVisible();
    await expect(wanted.dialog).toHaveCount(0);
    const calls = emulator.calls.length;
    const answer = await page.request.get("/lookup/export?subscriber=107867&format=csv");
    expect(answer.status()).toBe(403);
    expect(emulator.calls).toHaveLength(calls);
  });
});

test("a CSV file has the separator that the person chose, on the next page too", async ({
  page,
}) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=follows-1&fields=name");
  const wanted = new ExportDialog(page);
  await wanted.choose("CSV");
  const separator = wanted.dialog.getByLabel("Separator");
  await expect(separator).toHaveValue("comma");
  const stored = storing(page);
  await separator.selectOption("Semicolon");
  await stored;
  await wanted.start.click();
  await expect(wanted.dialog.getByText("Exported 1 channel.")).toBeVisible();
  const [head] = (await wanted.saved(".csv")).toString("utf8").split("\r\n");
  expect(head).toBe('\ufeff"Channel";"Channel ID"');

  await lookup.reload();
  await wanted.choose("CSV");
  await expect(separator).toHaveValue("semicolon");
  await separator.selectOption("Tab (TSV)");
  await wanted.start.click();
  await expect(wanted.dialog.getByText("Exported 1 channel.")).toBeVisible();
  expect((await wanted.saved(".tsv")).toString("utf8").split("\r\n")[0]).toBe(
    '\ufeff"Channel"\t"Channel ID"',
  );
});
