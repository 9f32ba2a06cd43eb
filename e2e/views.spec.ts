import type { Locator, Page } from "@playwright/test";
import { untilAlive } from "./alive";
import { expect, test } from "./fixtures";
import { LookupPage } from "./lookup-page";

/** What a person uses in the menu of saved views. */
class ViewsMenu {
  readonly button: Locator;
  readonly menu: Locator;
  readonly name: Locator;
  readonly said: Locator;

  constructor(page: Page) {
    this.button = page.getByRole("button", { name: "Views", exact: true });
    this.menu = page.getByRole("dialog", { name: "Views" });
    this.name = this.menu.getByRole("textbox", { name: "Name" });
    this.said = this.menu.getByRole("status").last();
  }

  /** Opens it anew, with what others have changed meanwhile. */
  async open(): Promise<void> {
    await untilAlive(this.button);
    if (await this.menu.isVisible()) await this.button.click();
    await expect(this.menu).toBeHidden();
    await this.button.click();
    await expect(this.menu).toBeVisible();
  }

  /** A view, by its name and perhaps by who made it. */
  view(label: string): Locator {
    return this.menu.getByRole("listitem").getByRole("button", { name: label, exact: true });
  }

  async save(name: string, forWhom: "Only you" | "Everyone on the team"): Promise<void> {
    await this.menu.getByRole("button", { name: "Save this view…" }).click();
    await this.name.fill(name);
    await this.menu.getByRole("radio", { name: forWhom }).check();
    await this.menu.getByRole("button", { name: /^(Save|Replace)$/ }).click();
  }

  async delete(name: string): Promise<void> {
    await this.menu.getByRole("button", { name: `Delete ${name}`, exact: true }).click();
    await this.menu.getByRole("button", { name: "Delete", exact: true }).click();
    await expect(this.said).toHaveText(`Deleted “${name}”.`);
  }
}

const VIEW = "fields=name,subscriberCount&sort=-subscriberCount,name&subscriberCount=between:1..";

/** What an address says, apart from how it is written. */
const said = (query: string) => Object.fromEntries(new URLSearchParams(query));

test("a view brings another subscriber the same columns, filters and order", async ({ page }) => {
  const lookup = new LookupPage(page);
  const views = new ViewsMenu(page);
  await lookup.open(`?subscriber=107867&${VIEW}`);
  await views.open();
  await views.save("Largest first", "Only you");
  await expect(views.said).toHaveText("Saved as “Largest first”.");
  await expect(views.view("Largest first")).toHaveAttribute("aria-current", "true");

  await lookup.open("?subscriber=follows-201&size=20&offset=20&q=a");
  await views.open();
  await expect(views.view("Largest first")).not.toHaveAttribute("aria-current");
  await views.view("Largest first").click();
  await expect(views.menu).toBeHidden();
  await expect(page.getByRole("columnheader", { name: "Subscribers" })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "Owner" })).toHaveCount(0);
  const applied = () => said(new URL(page.url()).search);
  await expect.poll(applied).toEqual({ subscriber: "follows-201", ...said(VIEW) });

  await page.goBack();
  await expect.poll(applied).toMatchObject({ offset: "20", q: "a" });
  await page.goForward();
  await expect.poll(applied).toEqual({ subscriber: "follows-201", ...said(VIEW) });
  await page.reload();
  await views.open();
  await expect(views.view("Largest first")).toHaveAttribute("aria-current", "true");
  await views.delete("Largest first");
  await expect(views.view("Largest first")).toHaveCount(0);
});

test("saving under the same name again replaces, and says so before", async ({ page }) => {
  const lookup = new LookupPage(page);
  const views = new ViewsMenu(page);
  await lookup.open("?subscriber=107867&fields=name");
  await views.open();
  await views.save("Replaced", "Only you");
  await expect(views.said).toHaveText("Saved as “Replaced”.");

  await lookup.open("?subscriber=107867&fields=ownerId");
  await views.open();
  await views.menu.getByRole("button", { name: "Save this view…" }).click();
  await views.name.fill("  ｒＥＰＬＡＣＥＤ ");
  await views.menu.getByRole("button", { name: "Replace", exact: true }).click();
  await expect(views.view("ｒＥＰＬＡＣＥＤ")).toHaveAttribute("aria-current", "true");
  await expect(views.view("Replaced")).toHaveCount(0);
  await views.delete("ｒＥＰＬＡＣＥＤ");
});

test("a team's view is everyone's to apply, and its maker's or an administrator's to change", async ({
  page,
  browser,
  desk,
  sessions,
}) => {
  const [theirs, administrators] = await Promise.all(
    [sessions.product, sessions.admin].map(async (storageState) =>
      (await browser.newContext({ baseURL: desk.url, storageState })).newPage(),
    ),
  );
  if (!theirs || !administrators) throw new Error("A page is missing.");
  const [mine, other, admin] = [page, theirs, administrators].map((it) => new ViewsMenu(it));
  if (!mine || !other || !admin) throw new Error("A menu is missing.");

  await new LookupPage(page).open(`?subscriber=107867&${VIEW}`);
  await mine.open();
  await mine.save("Mine alone", "Only you");
  await expect(mine.view("Mine alone")).toBeVisible();
  await mine.save("Ours", "Everyone on the team");
  await expect(mine.view("Ours")).toBeVisible();

  await new LookupPage(theirs).open("?subscriber=107867");
  await other.open();
  await expect(other.view("Ours by Sam Support")).toBeVisible();
  await expect(other.view("Mine alone")).toHaveCount(0);
  await expect(other.menu.getByRole("button", { name: /^(Rename|Delete) / })).toHaveCount(0);
  await other.save("oURS", "Everyone on the team");
  await expect(other.menu.getByRole("alert")).toContainText("Another view has this name.");
  await theirs.keyboard.press("Escape");
  await other.view("Ours by Sam Support").click();
  await expect.poll(() => said(new URL(theirs.url()).search)).toMatchObject(said(VIEW));

  await new LookupPage(administrators).open("?subscriber=107867");
  await admin.open();
  await admin.menu.getByRole("button", { name: "Rename Ours", exact: true }).click();
  await expect(admin.name).toHaveValue("Ours");
  await admin.name.fill("조용한 채널");
  await admin.name.press("Enter");
  await expect(admin.said).toHaveText("Renamed to “조용한 채널”.");
  await expect(
    admin.menu.getByRole("button", { name: "Rename 조용한 채널", exact: true }),
  ).toBeFocused();

  await other.open();
  await expect(other.view("조용한 채널 by Sam Support")).toBeVisible();
  await admin.delete("조용한 채널");
  await mine.open();
  await expect(mine.view("조용한 채널")).toHaveCount(0);
  await mine.delete("Mine alone");
  await Promise.all([theirs.context().close(), administrators.context().close()]);
});

test("a view that was deleted meanwhile shows an error", async ({ page, context }) => {
  const views = new ViewsMenu(page);
  await new LookupPage(page).open("?subscriber=107867");
  await views.open();
  await views.save("Short-lived", "Only you");
  await expect(views.view("Short-lived")).toBeVisible();

  const second = await context.newPage();
  const inAnotherTab = new ViewsMenu(second);
  await new LookupPage(second).open("?subscriber=107867");
  await inAnotherTab.open();
  await inAnotherTab.delete("Short-lived");

  await views.menu.getByRole("button", { name: "Delete Short-lived" }).click();
  await views.menu.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(views.said).toHaveText("This view no longer exists.");
  await expect(views.view("Short-lived")).toHaveCount(0);
});

test("Escape closes the form, then the menu, and the focus returns", async ({ page }) => {
  const views = new ViewsMenu(page);
  await new LookupPage(page).open("?subscriber=107867");
  await views.button.focus();
  await page.keyboard.press("Enter");
  await expect(views.menu).toBeVisible();
  const save = views.menu.getByRole("button", { name: "Save this view…" });
  await save.focus();
  await page.keyboard.press("Enter");
  await expect(views.name).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(views.menu.getByText("Enter a name of up to 80 characters.")).toBeVisible();
  await expect(views.name).toHaveAttribute("aria-invalid", "true");
  await page.keyboard.press("Escape");
  await expect(views.name).toBeHidden();
  await expect(save).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(views.menu).toBeHidden();
  await expect(views.button).toBeFocused();
});
