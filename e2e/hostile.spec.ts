import { expect, test } from "./fixtures";
import { LookupPage } from "./lookup-page";

const ALL_FIELDS =
  "name,ownerId,subscriberCount,lastMessageAt,createdAt,introduction,organization,avatarUrl,customString,subscribedAt,subscriberCustomString";

test("hostile names and texts do nothing but show", async ({ page }) => {
  const schemes = new Set<string>();
  page.on("request", (request) => schemes.add(new URL(request.url()).protocol));
  const lookup = new LookupPage(page);
  await lookup.open(`?subscriber=fault-hostile&fields=${ALL_FIELDS}`);
  await expect(lookup.rows).toHaveCount(12);

  for (const text of [
    "<script>window.hacked=1</script>",
    '<img src=x onerror="window.hacked=1">',
    "</td></tr></table><h1>Signed out</h1>",
    "=cmd|' /C calc'!A0",
    "'; DROP TABLE channels; --",
    "[U+202E]gnp.slennahc[U+202C]",
    "Be[U+0000][U+0001][U+0007]",
  ]) {
    await expect(lookup.table.getByText(text).first()).toBeVisible();
  }
  expect(await page.evaluate(() => Reflect.get(window, "hacked"))).toBeUndefined();
  expect([...schemes].sort()).toEqual(["http:", "https:"]);
  await expect(page.getByRole("heading", { name: "Signed out" })).toHaveCount(0);
  // What marks direction could turn round the words beside it, so it is shown, not obeyed.
  expect(await lookup.table.innerText()).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b]/);
});

test("avatars come only from http(s), without a referrer, else as initials", async ({ page }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=fault-hostile&fields=name,avatarUrl");
  await expect(lookup.rows).toHaveCount(12);
  const images = await lookup.table
    .locator("img")
    .evaluateAll((shown) => shown.map((image) => image.outerHTML));
  expect(images.length).toBeGreaterThan(0);
  for (const image of images) {
    expect(image).toMatch(/ src="https?:\/\//);
    expect(image).toMatch(/ referrerPolicy="no-referrer"/i);
  }
  for (const image of await lookup.table.locator("img").all()) {
    await image.scrollIntoViewIfNeeded();
    await expect(image).toHaveCSS("opacity", "0");
  }
  await expect(
    lookup.rows.filter({ hasText: "__proto__" }).locator('td[data-label="Avatar"]'),
  ).toHaveText("P");
});

test("a long name does not widen the page", async ({ page }) => {
  const lookup = new LookupPage(page);
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    await lookup.open(`?subscriber=fault-hostile&fields=${ALL_FIELDS}`);
    await expect(lookup.rows).toHaveCount(12);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  }
});

test("an id from a link that is markup stays text", async ({ page }) => {
  const id = "<img/src=x/onerror=alert(1)>";
  const lookup = new LookupPage(page);
  await lookup.open(`?subscriber=${encodeURIComponent(id)}`);
  await expect(page.getByRole("heading", { name: id })).toBeVisible();
  await expect(page.getByText(`No user ${id} in this app.`)).toBeVisible();
  await lookup.open();
  await lookup.lookUp("107867");
  await expect(lookup.rows).toHaveCount(8);
});
