import { expect, type Locator, type Page } from "@playwright/test";

/** What an administrator uses in the audit. */
export class AuditPage {
  readonly rows: Locator;
  readonly pages: Locator;
  readonly filters: Locator;
  readonly active: Locator;
  readonly exportLink: Locator;

  constructor(readonly page: Page) {
    this.rows = page.getByRole("table").locator("tbody").getByRole("row");
    this.pages = page.getByRole("navigation", { name: "Pages" });
    this.filters = page.getByRole("search", { name: "Filter the audit log" });
    this.active = page.getByRole("list", { name: "Active filters" });
    this.exportLink = page.getByRole("link", { name: "Export CSV" });
  }

  /** Opens the form of the filters, if it is closed. */
  async openFilters(): Promise<void> {
    if (await this.filters.isVisible()) return;
    await this.page.locator("summary", { hasText: /^Filter$/ }).click();
    await expect(this.filters).toBeVisible();
  }

  async filter(label: string, text: string): Promise<void> {
    await this.openFilters();
    await this.filters.getByLabel(label, { exact: true }).fill(text);
    await this.filters.getByRole("button", { name: "Apply" }).click();
  }

  header(name: string): Locator {
    return this.page.getByRole("columnheader", { name, exact: true });
  }

  /** What a column holds, row by row. */
  column(name: string): Locator {
    return this.page.locator(`td[data-label="${name}"]`);
  }
}
