import { readFileSync } from "node:fs";
import { locales } from "@/lib/messages/locales";
import { untilAlive } from "./alive";
import { expect, test } from "./fixtures";
import { LookupPage } from "./lookup-page";

type Words = {
  fields: Record<string, string>;
  lookup: Record<"subscriberId" | "lookUp" | "nothingAsked", string>;
};

const wordsOf = (locale: string): Words =>
  JSON.parse(readFileSync(`lib/messages/${locale}.json`, "utf8"));

const EXPECTED = {
  en: {
    eight: "subscribed to 8 channels",
    one: "subscribed to 1 channel",
    range: "101–150 of 10,000",
  },
  "zh-CN": {
    eight: "订阅了 8 个频道",
    one: "订阅了 1 个频道",
    range: "第 101～150 条，共 10,000 条",
  },
  ko: { eight: "채널 8개 구독 중", one: "채널 1개 구독 중", range: "총 10,000개 중 101~150" },
  ja: {
    eight: "8件のチャンネルを登録中",
    one: "1件のチャンネルを登録中",
    range: "全10,000件中101〜150件",
  },
};

for (const locale of locales) {
  test.describe(locale, () => {
    test.use({ locale });

    test("is the language of the browser, with its plurals and numbers", async ({ page }) => {
      const { fields, lookup: words } = wordsOf(locale);
      const { eight, one, range } = EXPECTED[locale];
      await page.goto("/lookup");
      await expect(page.locator("html")).toHaveAttribute("lang", locale);
      await expect(page.getByText(words.nothingAsked)).toBeVisible();
      await untilAlive(page.getByRole("textbox", { name: words.subscriberId }));
      await page.getByRole("textbox", { name: words.subscriberId }).fill("107867");
      await page.getByRole("button", { name: words.lookUp }).click();
      await expect(page.getByText(eight)).toBeVisible();
      await expect(page.getByRole("columnheader")).toHaveText(
        [
          "avatarUrl",
          "name",
          "subscribedAt",
          "subscriberCount",
          "lastMessageAt",
          "channelId",
          "ownerId",
        ].map((field) => fields[field] ?? ""),
      );
      await page.goto("/lookup?subscriber=follows-1");
      await expect(page.getByText(one)).toBeVisible();
      await expect(page.getByText("subscribed to 1 channels")).toHaveCount(0);
      await page.goto("/lookup?subscriber=follows-10000&offset=100");
      await expect(page.getByText(range, { exact: true })).toBeVisible();
    });
  });
}

test("a chosen language stays, without losing the place", async ({ page }) => {
  await new LookupPage(page).open("?subscriber=107867&size=20");
  await page.getByRole("combobox", { name: "Language" }).selectOption({ label: "日本語" });
  await expect(page.locator("html")).toHaveAttribute("lang", "ja");
  await expect(page.getByRole("columnheader", { name: "登録者" }).first()).toBeVisible();
  await expect(page).toHaveURL("/lookup?subscriber=107867&size=20");
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "ja");
});

for (const { timezoneId, day } of [
  { timezoneId: "Pacific/Kiritimati", day: "Nov 23, 2023" },
  { timezoneId: "America/Los_Angeles", day: "Nov 22, 2023" },
]) {
  test.describe(timezoneId, () => {
    test.use({ timezoneId });

    test("is the time zone in which moments are shown", async ({ page }) => {
      const lookup = new LookupPage(page);
      await lookup.open("?subscriber=107867&fields=subscribedAt");
      const sample = lookup.rows.filter({ hasText: "test_mill_subscriber_OA" });
      const moment = sample.locator('time[datetime="2023-11-22T12:15:51.000Z"]');
      await expect(moment).toHaveText(day);
    });
  });
}
