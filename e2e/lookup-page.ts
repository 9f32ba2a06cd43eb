import { expect, type Locator, type Page } from "@playwright/test";
import type { Emulator } from "@/lib/chat-emulator/server";
import { untilAlive } from "./alive";

/** What a person uses in the lookup. */
export class LookupPage {
  readonly field: Locator;
  readonly submit: Locator;
  readonly table: Locator;
  readonly rows: Locator;
  readonly headers: Locator;
  /** Next's own announcer is an alert too, outside the main part. */
  readonly alert: Locator;
  readonly refresh: Locator;
  readonly pages: Locator;

  constructor(readonly page: Page) {
    this.field = page.getByRole("textbox", { name: "Subscriber ID" });
    this.submit = page.getByRole("button", { name: "Look up" });
    this.table = page.getByRole("table");
    this.rows = this.table.locator("tbody").getByRole("row");
    this.headers = this.table.getByRole("columnheader");
    this.alert = page.getByRole("main").getByRole("alert");
    this.refresh = page.getByRole("button", { name: "Refresh" });
    this.pages = page.getByRole("navigation", { name: "Pages" });
  }

  async open(query = ""): Promise<void> {
    await this.page.goto(`/lookup${query}`);
    await this.untilAlive();
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.untilAlive();
  }

  private async untilAlive(): Promise<void> {
    await untilAlive(this.field);
    await untilAlive(this.page.getByRole("main").locator("section").first());
  }

  async lookUp(subscriberId: string): Promise<void> {
    await this.field.fill(subscriberId);
    await this.submit.click();
  }

  /** The header of a column, by the name of its field. */
  header(name: string): Locator {
    return this.table.getByRole("columnheader", { name, exact: true });
  }

  /** Goes to another page by the button of this name and waits until its rows are there. */
  async go(button: "First" | "Previous" | "Next" | "Last", range: string): Promise<void> {
    await this.pages.getByRole("button", { name: `${button} page` }).click();
    await this.expectRange(range);
  }

  async expectRange(range: string): Promise<void> {
    await expect(this.pages.getByText(range, { exact: true })).toBeVisible();
    await expect(this.table).toHaveAttribute("aria-busy", "false");
  }

  /** The whole ids of the channels shown, however the screen shortens them. */
  async channelIds(): Promise<string[]> {
    const cells = this.table.locator('td[data-label="Channel ID"] bdi');
    await expect(cells.first()).toBeAttached();
    return cells.evaluateAll((shown) => shown.map((id) => id.getAttribute("title") ?? ""));
  }
}

/** The button that adds a condition to the list. It counts the active ones. */
export function filterButton(page: Page): Locator {
  return page.getByRole("button", { name: /^Filter( \d+)?$/ });
}

/** Opens the form of a column that has no condition yet. */
export async function openFilter(page: Page, label: string): Promise<Locator> {
  await filterButton(page).click();
  const list = page.getByRole("dialog", { name: "Filters", exact: true });
  await list.getByRole("button", { name: label, exact: true }).click();
  const form = page.getByRole("dialog", { name: `Filter by ${label}`, exact: true });
  await expect(form).toBeVisible();
  return form;
}

/** Lets the first answer of each whole set seem slow, so that the desk asks before it reads the rest. */
export async function seemSlow(page: Page): Promise<void> {
  await page.route(/\/lookup\/stream\?.*pauseAbove/, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(/"took":\d+/g, '"took":3000');
    await route.fulfill({ response, body });
  });
}

export type ListRequest = {
  readonly Subscriber_Account: string;
  readonly Limit: number;
  readonly Offset: number;
  readonly ResponseFilter: {
    readonly OfficialAccountBaseInfoFilter: readonly string[];
    readonly SelfInfoFilter: readonly string[];
  };
};

/** The list requests that have left the desk in this test, oldest first. */
export function listRequests(emulator: Emulator): ListRequest[] {
  return emulator.calls
    .filter(({ command }) => command.includes("get_subscribed_official_account_list"))
    .map(({ body }) => body as ListRequest);
}
