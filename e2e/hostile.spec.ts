import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "./fixtures";
import { LookupPage } from "./lookup-page";
import { signIn } from "./sign-in";

const ALL_FIELDS =
  "name,ownerId,subscriberCount,lastMessageAt,createdAt,introduction,organization,avatarUrl,customString,subscribedAt,subscriberCustomString";

test("hostile names, texts and avatars do nothing but show", async ({ page }) => {
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
  await expect.poll(() => [...schemes].sort()).toEqual(["http:", "https:"]);
  await expect(page.getByRole("heading", { name: "Signed out" })).toHaveCount(0);
  // What marks direction could turn round the words beside it, so it is shown, not obeyed.
  expect(await lookup.table.innerText()).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b]/);

  // Avatars come only from http(s), without a referrer, otherwise there are initials.
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
    await expect(image).toHaveCSS("visibility", "hidden");
  }
  const name = page.locator('td[data-label="Channel"]', { hasText: "__proto__" });
  await expect(lookup.rows.filter({ has: name }).locator('td[data-label="Avatar"]')).toHaveText(
    "P",
  );

  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  }
});

test("avatars are loaded after the rows and the scripts", async ({ page, context }) => {
  await new LookupPage(page).open("?subscriber=107867");
  await expect(page.locator(".avatar img[data-loaded]").first()).toBeVisible();
  const still = await context.newPage();
  const loaded: string[] = [];
  still.on("request", (request) => loaded.push(new URL(request.url()).pathname));
  await still.route(/\.js$/, (route) => route.abort());
  await still.goto("/lookup?subscriber=107867");
  await expect(still.locator(".avatar img").first()).toBeAttached();
  expect(loaded.filter((path) => path.startsWith("/avatars/"))).toEqual([]);
});

test("an id from a link that is markup stays text", async ({ page }) => {
  const id = "<img/src=x/onerror=alert(1)>";
  const lookup = new LookupPage(page);
  await lookup.open(`?subscriber=${encodeURIComponent(id)}`);
  await expect(page.getByRole("heading", { name: id })).toBeVisible();
  await expect(page.getByText(`No user with the ID “${id}” in this app.`)).toBeVisible();
  await lookup.open();
  await lookup.lookUp("107867");
  await expect(lookup.rows).toHaveCount(8);
});

// The answer that the vendor's page shows, without CreateTime, as there.
const SAMPLE = {
  Name: "test_mill_subscriber_OA",
  Official_Account: "@TOA#_test_mill_subscriber_OA",
  Owner_Account: "107867",
  LastMsgTime: 1698894911,
  SubscriberNum: 499800,
  Introduction: "This is test Introduction",
  FaceUrl: "http://this.is.face.url",
  Organization: "Tencent",
  CustomString: "test_custom_string",
  SelfInfo: { SubscribeTime: 1700655351, CustomString: "" },
};

test("over another server that speaks the vendor's page, and whose avatars are the desk's own addresses", async ({
  apps,
  browser,
  openDesk,
  playwright,
}) => {
  test.slow();
  const paths = [
    "/lookup/export?app=demo&subscriber=u1&fields=name&format=csv",
    "/lookup/stream?app=demo&subscriber=u2&fields=name",
    "/lookup?app=demo&subscriber=u3",
    "/channels/export?format=csv",
    "/audit/export",
  ];
  let own = "";
  const vendor = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const avatars = paths.map((path, index) => ({
      ...{ Official_Account: `@TOA#_${index}`, Name: `Channel ${index}`, FaceUrl: own + path },
    }));
    const rows = body.includes('"107867"') ? [SAMPLE] : avatars;
    const list = { TotalCount: rows.length, OfficialAccountInfoList: rows };
    const end = { CompleteFlag: 1, Next: 0 };
    response.setHeader("content-type", "application/json; charset=utf-8");
    response.end(
      JSON.stringify({ ActionStatus: "OK", ErrorInfo: "", ErrorCode: 0, ...list, ...end }),
    );
  }).listen(0, "127.0.0.1");
  await once(vendor, "listening");
  const { port } = vendor.address() as AddressInfo;
  const desk = await openDesk(apps, `http://127.0.0.1:${port}`);
  own = desk.url;
  const storageState = await signIn(playwright.request, desk.url, "admin");
  const context = await browser.newContext({ baseURL: desk.url, storageState });
  const page = await context.newPage();
  const lookup = new LookupPage(page);

  await lookup.open("?subscriber=107867&fields=name,createdAt,customString");
  await expect(lookup.rows).toHaveCount(1);
  await expect(lookup.rows.first()).toContainText("test_mill_subscriber_OA");
  await expect(lookup.rows.first()).toContainText("test_custom_string");
  await expect(lookup.rows.first().locator('td[data-label="Created"]')).toContainText(
    "not provided",
  );
  await expect(lookup.alert).toHaveCount(0);

  await lookup.open("?app=demo&subscriber=u0&fields=name,avatarUrl");
  await expect(lookup.rows).toHaveCount(paths.length);
  await expect(lookup.table.locator("img")).toHaveCount(0);

  // The desk refuses such requests too, however a picture comes onto the page.
  const outcomes = await page.evaluate(
    (sources) =>
      Promise.all(
        sources.map(
          (source) =>
            new Promise<string>((resolve) => {
              const image = new Image();
              image.onload = () => resolve("loaded");
              image.onerror = () => resolve("refused");
              image.src = source;
            }),
        ),
      ),
    paths,
  );
  expect(outcomes).toEqual(paths.map(() => "refused"));
  const written = await (await context.request.get("/audit/export")).text();
  expect(written).toMatch(/\bu0\b/);
  expect(written).not.toMatch(/\bu[123]\b|\bwholeSet\b|\b(channels|audit)\.export\b/);
  for (const path of paths) {
    const line = `"message":"GET ${path.replace(/\?.*/, "")} 403"`;
    await expect.poll(() => desk.output()).toContain(line);
  }

  await context.close();
  vendor.closeAllConnections();
  vendor.close();
});
