import type { Page } from "@playwright/test";
import { untilAlive } from "./alive";
import { ChannelsPage } from "./channels-page";
import { expect, test } from "./fixtures";
import { LookupPage, openFilter } from "./lookup-page";

test.use({ role: "product" });

const SAMPLE_ID = "@TOA#_test_mill_subscriber_OA";

/**
 * Does what a browser does that translates the page: each text is moved into elements of its own, now and
 * whenever there is new text.
 */
async function translate(page: Page): Promise<void> {
  // Text that changes before React has taken over its element is no longer what the server sent.
  const waiting = () =>
    page
      .getByRole("main")
      .locator("*")
      .evaluateAll((nodes) => {
        const isAlive = (node: Element) =>
          Object.keys(node).some((name) => name.startsWith("__reactProps"));
        return nodes.filter((node) => !isAlive(node)).map((node) => node.outerHTML.slice(0, 80));
      });
  await expect.poll(waiting).toEqual([]);
  await page.evaluate(() => {
    const SKIPPED = "font, script, style, textarea, option, title, noscript";
    const wrap = (root: Node) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const texts: Text[] = [];
      while (walker.nextNode()) texts.push(walker.currentNode as Text);
      for (const text of texts) {
        if (text.data.trim() === "" || text.parentElement?.closest(SKIPPED)) continue;
        const outer = document.createElement("font");
        const inner = document.createElement("font");
        text.replaceWith(outer);
        outer.append(inner);
        inner.append(text);
      }
    };
    wrap(document.body);
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes) {
        for (const node of addedNodes) if (node.isConnected) wrap(node.parentNode ?? node);
      }
    }).observe(document.body, { childList: true, subtree: true });
  });
  expect(await page.locator("font").count()).toBeGreaterThan(20);
}

test("a translated lookup goes on: pages, sort, filter, drawer, membership", async ({ page }) => {
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=107867");
  await translate(page);
  await lookup.lookUp("follows-201");
  await lookup.go("Next", "51–100 of 201");
  await lookup.header("Channel").getByRole("button").first().click();
  await expect(page.getByText("complete", { exact: true })).toBeVisible();
  await page.getByRole("searchbox", { name: "Filter rows" }).fill("radio");
  await expect(page.getByText(/ of 201 match$/)).toBeVisible();
  await openFilter(page, "Owner");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Reset", exact: true }).click();
  await expect(lookup.rows.first()).toBeVisible();

  await lookup.rows.first().locator("[data-open]").first().click();
  await expect(page.getByRole("dialog")).toContainText("Subscribed since");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);

  const question = page.getByRole("combobox", { name: "Subscribed to channel?" });
  for (const [text, answer] of [
    ["@TOA#_none", "does not subscribe"],
    ["zebra crossing quartet", "No known channel"],
  ] as const) {
    await question.fill(text);
    await question.press("Enter");
    await expect(page.getByText(answer)).toBeVisible();
  }
  await page.getByRole("button", { name: "Clear" }).click();
  await lookup.lookUp("nobody-here");
  await expect(page.getByText("No user with the ID “nobody-here” in this app.")).toBeVisible();
  await lookup.lookUp("error-70009");
  await expect(lookup.alert).toContainText("70009");
  await lookup.lookUp("107867");
  await expect(lookup.rows).toHaveCount(8);
  await page.goBack();
  await expect(lookup.alert).toContainText("70009");
});

test("translated channels go on: views, sort, filter, drawer", async ({ page }) => {
  const channels = new ChannelsPage(page);
  await channels.open();
  await translate(page);
  await page.getByRole("button", { name: "Add channels" }).click();
  await channels.drawer.getByRole("textbox", { name: "Channel IDs" }).fill(SAMPLE_ID);
  await channels.drawer.getByRole("button", { name: "Add", exact: true }).click();
  await channels.drawer.getByRole("button", { name: "Done" }).click();
  await channels.show("Deleted");
  await channels.show("All");
  await expect(channels.rows.first()).toBeVisible();
  await channels.table
    .getByRole("columnheader", { name: "Channel", exact: true })
    .getByRole("button")
    .first()
    .click();
  await channels.search.fill("no such channel anywhere");
  await expect(channels.rows).toHaveCount(0);
  await channels.search.fill("");
  await expect(channels.rows.first()).toBeVisible();
  await channels.refresh.click();
  await channels.rows.first().locator("[data-open]").first().click();
  await expect(channels.drawer).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(channels.drawer).toHaveCount(0);
});

test("a translated overview goes on", async ({ page }) => {
  await page.goto("/overview");
  const refresh = page.getByRole("button", { name: "Refresh" });
  await expect(refresh).toBeVisible();
  await expect(page.getByRole("region").first()).toBeVisible();
  await untilAlive(refresh);
  for (const region of await page.getByRole("region").all()) await untilAlive(region);
  await translate(page);
  await refresh.click();
  await expect(refresh).toHaveAttribute("aria-disabled", "false");
  await page.getByRole("link", { name: "Channels" }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Channels" })).toBeVisible();
});
