import { expect, type Locator, type Page } from "@playwright/test";
import { untilAlive } from "./alive";

/** What an administrator uses in the list of people. */
export class PeoplePage {
  readonly invite: Locator;
  readonly drawer: Locator;
  /** The dialog on top of everything else. */
  readonly dialog: Locator;
  readonly link: Locator;

  constructor(
    readonly page: Page,
    readonly url = "",
  ) {
    this.invite = page.getByRole("button", { name: "Invite", exact: true });
    this.drawer = page.getByRole("dialog").first();
    this.dialog = page.getByRole("dialog").last();
    this.link = page.getByRole("textbox", { name: "One-time link" });
  }

  async open(query = ""): Promise<void> {
    await this.page.goto(`${this.url}/people${query}`);
    await untilAlive(this.page.getByRole("button", { name: /^Manage / }).first());
  }

  row(name: string): Locator {
    return this.page.getByRole("row").filter({ has: this.page.getByText(name, { exact: true }) });
  }

  async manage(name: string): Promise<void> {
    await this.page.getByRole("button", { name: `Manage ${name}` }).click();
    await expect(this.drawer.getByRole("heading", { name })).toBeVisible();
  }

  /** Asks for a change in the drawer and confirms it. */
  async change(button: string): Promise<void> {
    await this.drawer.getByRole("button", { name: button, exact: true }).click();
    await expect(this.page.getByRole("dialog")).toHaveCount(2);
    await this.dialog.getByRole("button", { name: button, exact: true }).click();
  }

  async changeRole(role: string): Promise<void> {
    await this.drawer.getByRole("combobox", { name: "Role" }).selectOption({ label: role });
    await this.change("Change role");
  }
}
