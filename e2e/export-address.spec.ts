import { readFileSync } from "node:fs";
import { readCsv } from "./exported";
import { expect, test } from "./fixtures";
import { listRequests } from "./lookup-page";

const korean: { fields: Record<string, string> } = JSON.parse(
  readFileSync("lib/messages/ko.json", "utf8"),
);

const FIELDS = "fields=name,ownerId,subscriberCount,createdAt";

test.use({ role: "product" });

test("the address of a file gives the file, in the person's language", async ({ page, desk }) => {
  await page.context().addCookies([{ name: "locale", value: "ko", url: desk.url }]);
  const answer = await page.request.get(
    `/lookup/export?subscriber=follows-201&${FIELDS}&format=csv&columns=subscriberCount,channelId`,
  );
  expect(answer.status()).toBe(200);
  expect(answer.headers()["cache-control"]).toBe("no-store");
  expect(answer.headers()["content-disposition"]).toMatch(
    /^attachment; filename="channels-of-follows-201-demo-\d{8}T\d{6}Z\.csv"; filename\*=UTF-8''channels/,
  );
  const [head, ...rows] = readCsv(await answer.body());
  const { subscriberCount, channelId, name, ownerId, createdAt } = korean.fields;
  expect(head).toEqual([subscriberCount, channelId, name, ownerId, createdAt]);
  expect(rows).toHaveLength(201);
});

test("any id becomes a harmless name", async ({ page }) => {
  const id = encodeURIComponent('../a"b;c\\d');
  const answer = await page.request.get(`/lookup/export?subscriber=${id}&format=ndjson`);
  expect(answer.headers()["content-disposition"]).toContain(
    'filename="channels-of-.._a_b_c_d-demo-',
  );
});

test("a download breaks off when a later call fails", async ({ page, emulator, gateway }) => {
  emulator.set({ delayMs: 500 });
  const download = page.request.get("/lookup/export?subscriber=follows-10000&format=csv", {
    timeout: 30_000,
  });
  const broken = expect(download).rejects.toThrow();
  await expect.poll(() => listRequests(emulator).length).toBeGreaterThan(1);
  gateway.refuse("follows-10000", 20005);
  await broken;
});

test("a failure before the first byte is an answer of its own", async ({ page }) => {
  const get = (query: string) => page.request.get(`/lookup/export?${query}`);
  const refused = await get("subscriber=error-20005&format=csv");
  expect(refused.status()).toBe(502);
  expect(await refused.json()).toMatchObject({ failure: { vendor: { code: 20005 } } });
  for (const query of [
    "subscriber=a&format=exe",
    "format=csv",
    "subscriber=%40TOA%23_x&format=csv",
  ]) {
    expect((await get(query)).status(), query).toBe(400);
  }
  expect((await get("subscriber=a&format=csv&app=none")).status()).toBe(404);
});

test("a field the role may not see is neither asked for nor written", async ({
  page,
  emulator,
}) => {
  const answer = await page.request.get(
    "/lookup/export?subscriber=107867&format=ndjson&fields=name,subscriberCustomString" +
      "&columns=subscriberCustomString,name&subscriberCustomString=contains:x&sort=-subscriberCustomString",
  );
  const text = await answer.text();
  expect(text.trimEnd().split("\n")).toHaveLength(9);
  expect(text).not.toContain("subscriberCustomString");
  for (const { ResponseFilter } of listRequests(emulator)) {
    expect(ResponseFilter.SelfInfoFilter).toEqual(["SubscribeTime"]);
  }
});

test("another site cannot have a file made", async ({ page, emulator }) => {
  const answer = await page.request.get("/lookup/export?subscriber=107867&format=csv", {
    headers: { "sec-fetch-site": "cross-site" },
  });
  expect(answer.status()).toBe(403);
  expect(listRequests(emulator)).toEqual([]);
});

test.describe("nobody", () => {
  test.use({ role: null });

  test("gets no file", async ({ page, emulator }) => {
    const answer = await page.request.get("/lookup/export?subscriber=107867&format=csv", {
      headers: { accept: "application/x-ndjson" },
    });
    expect(answer.status()).toBe(401);
    expect(emulator.calls).toEqual([]);
  });
});
