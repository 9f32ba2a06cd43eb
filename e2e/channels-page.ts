import { expect, type Locator, type Page } from "@playwright/test";
import { untilAlive } from "./alive";

/** What a person uses in the directory of channels. */
export class ChannelsPage {
  readonly table: Locator;
  readonly rows: Locator;
  readonly pages: Locator;
  readonly views: Locator;
  readonly search: Locator;
  readonly refresh: Locator;
  readonly drawer: Locator;
  readonly alert: Locator;
  /** What decides which channels are there, in words. */
  readonly chips: Locator;

  constructor(readonly page: Page) {
    const main = page.getByRole("main");
    this.table = main.getByRole("table");
    this.rows = this.table.locator("tbody").getByRole("row");
    this.pages = page.getByRole("navigation", { name: "Pages" });
    this.views = page.getByRole("navigation", { name: "Channel list" });
    this.search = page.getByRole("searchbox", { name: "Filter rows" });
    this.refresh = main.getByRole("button", { name: "Refresh" });
    this.drawer = page.getByRole("dialog");
    this.alert = main.getByRole("alert");
    this.chips = main.getByRole("list", { name: "Active filters" }).getByRole("listitem");
  }

  async open(query = ""): Promise<void> {
    await this.page.goto(`/channels${query}`);
    await untilAlive(this.page.getByRole("button", { name: "Add channels" }));
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await untilAlive(this.page.getByRole("button", { name: "Add channels" }));
  }

  /** Opens the list of an app, and waits until it counts so many channels. */
  async openKnown(known: number, app: string): Promise<void> {
    await this.open(`?app=${app}&view=all`);
    await this.expectKnown(known);
  }

  async expectKnown(count: number): Promise<void> {
    const words = `${count} ${count === 1 ? "channel" : "channels"}, found in lookups or added by your team.`;
    await expect(this.page.getByText(words)).toBeVisible();
  }

  async expectRange(range: string): Promise<void> {
    await expect(this.pages.getByText(range, { exact: true })).toBeVisible();
    await expect(this.table).toHaveAttribute("aria-busy", "false");
  }

  /** The names of the channels shown, from the top. */
  names(): Promise<string[]> {
    return this.table
      .locator('td[data-label="Channel"] bdi')
      .evaluateAll((shown) => shown.map((name) => name.getAttribute("title") ?? ""));
  }

  row(name: string): Locator {
    return this.rows.filter({ has: this.page.getByRole("button", { name, exact: true }) });
  }

  async show(view: string): Promise<void> {
    const tab = this.views.getByRole("link", { name: view, exact: true });
    await tab.click();
    await expect(tab).toHaveAttribute("aria-current", "page");
  }

  async openRow(name: string): Promise<void> {
    await this.table.getByRole("button", { name, exact: true }).click();
    await expect(this.drawer.getByRole("heading", { level: 2, name })).toBeVisible();
    await expect(this.drawer.getByRole("button", { name: "Add tag" })).toBeVisible();
  }

  async closeDrawer(): Promise<void> {
    await this.page.keyboard.press("Escape");
    await expect(this.drawer).toHaveCount(0);
  }
}
