import type { Browser, Page } from "@playwright/test";
import { SAMPLE_PASSWORD } from "@/lib/cli/sample-people";
import { expectAccessible } from "./accessible";
import { untilAlive } from "./alive";
import type { Desk } from "./desk";
import { expect, test } from "./fixtures";
import { PeoplePage } from "./people-page";
import { type Session, signIn } from "./sign-in";

const PASSWORD = "seven green ferries";

type Opened = { readonly desk: Desk; readonly people: PeoplePage };

const testPeople = test.extend<{ opened: Opened }>({
  role: null,
  opened: async ({ apps, context, gateway, openDesk, page, playwright }, use) => {
    const desk = await openDesk(apps, gateway.url);
    const { cookies } = await signIn(playwright.request, desk.url, "admin");
    await context.addCookies(cookies);
    await use({ desk, people: new PeoplePage(page, desk.url) });
  },
});

/** A page of somebody else, in a browser of their own. */
async function elsewhere(browser: Browser, desk: Desk, session?: Session): Promise<Page> {
  const context = await browser.newContext({ baseURL: desk.url, storageState: session });
  return context.newPage();
}

async function enter(page: Page, email: string, password: string): Promise<void> {
  await page.goto("/sign-in");
  const field = page.getByRole("textbox", { name: "Email" });
  await untilAlive(field);
  await field.fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function choosePassword(page: Page, password: string): Promise<void> {
  await page.getByRole("textbox", { name: "New password" }).fill(password);
  await page.getByRole("button", { name: "Set password" }).click();
}

testPeople(
  "an invited person chooses a password by the link, once, and signs in",
  async ({ browser, opened: { desk, people } }) => {
    await people.open();
    await people.invite.click();
    const form = people.dialog;
    await form.getByRole("textbox", { name: "Email" }).fill("New@Demo.test");
    await form.getByRole("textbox", { name: "Name" }).fill("Nan New");
    await form.getByRole("combobox", { name: "Role" }).selectOption({ label: "Product" });
    await form.getByRole("button", { name: "Make link" }).dblclick();
    const link = await people.link.inputValue();
    expect(link).toMatch(new RegExp(`^${desk.url}/choose-password#[\\w-]{43}$`));
    await expect(form.getByText(/works once, and is good until/)).toBeVisible();
    await form.getByRole("button", { name: "Done" }).click();
    await expect(people.row("Nan New")).toContainText("Invited");

    const guest = await elsewhere(browser, desk);
    const asked: string[] = [];
    guest.on("request", (request) => asked.push(request.url()));
    await guest.goto(link);
    await expect(guest.getByRole("textbox", { name: "Email" })).toHaveValue("new@demo.test");
    await expect(guest).toHaveURL("/choose-password");
    await choosePassword(guest, "short");
    await expect(guest.getByRole("main").getByRole("alert")).toContainText("too short");
    await choosePassword(guest, PASSWORD);
    await guest.getByRole("link", { name: "Go to sign-in" }).click();
    await enter(guest, "new@demo.test", PASSWORD);
    await expect(guest).toHaveURL("/overview");
    expect(asked.filter((url) => url.includes(link.slice(-43)))).toEqual([]);
    expect(desk.output()).not.toContain(link.slice(-43));

    await guest.goto(link);
    await expect(guest.getByRole("main").getByRole("alert")).toContainText("not good any more");
    await people.open("?q=new%40demo");
    await expect(people.row("Nan New")).toContainText("Active");
    await guest.context().close();
  },
);

testPeople(
  "a changed role holds on the next request, and disabling ends the session",
  async ({ browser, opened: { desk, people }, playwright }) => {
    const session = await signIn(playwright.request, desk.url, "support");
    const sam = await elsewhere(browser, desk, session);
    await sam.goto("/people");
    await expect(sam.getByText("There is no page at this address.")).toBeVisible();

    await people.open();
    await people.manage("Sam Support");
    await people.changeRole("Administrator");
    await expect(people.drawer.getByRole("status")).toHaveText(
      "The role of Sam Support is changed.",
    );
    await expect(people.row("Sam Support")).toContainText("Administrator");
    await sam.goto("/people");
    await expect(sam.getByRole("button", { name: "Manage Alex Admin" })).toBeVisible();

    await people.change("Disable");
    await expect(people.drawer.getByRole("button", { name: "Enable" })).toBeVisible();
    await sam.goto("/people");
    await expect(sam).toHaveURL(/\/sign-in/);
    await enter(sam, "support@demo.test", SAMPLE_PASSWORD);
    await expect(sam.getByRole("main").getByRole("alert")).toBeVisible();

    await people.change("Enable");
    await expect(people.row("Sam Support")).toContainText("Active");
    await enter(sam, "support@demo.test", SAMPLE_PASSWORD);
    await expect(sam).toHaveURL("/lookup");
    await sam.context().close();
  },
);

testPeople(
  "the last administrator is neither demoted nor disabled",
  async ({ opened: { people } }) => {
    await people.open();
    await people.manage("Alex Admin");
    const alert = people.dialog.getByRole("alert");
    await people.changeRole("Support");
    await expect(alert).toContainText("last administrator");
    await people.dialog.getByRole("button", { name: "Cancel" }).click();
    await people.change("Disable");
    await expect(alert).toContainText("last administrator");
    await people.dialog.getByRole("button", { name: "Cancel" }).click();
    await expect(people.row("Alex Admin")).toContainText("Administrator");
  },
);

testPeople(
  "a reset password works no more, nor does the session, until the link is used",
  async ({ browser, opened: { desk, people }, playwright }) => {
    const session = await signIn(playwright.request, desk.url, "product");
    const pat = await elsewhere(browser, desk, session);
    await people.open();
    await people.manage("Pat Product");
    await people.change("Reset password");
    const link = await people.link.inputValue();
    await people.dialog.getByRole("button", { name: "Done" }).click();
    await expect(people.row("Pat Product")).toContainText("Password reset");

    await pat.goto("/lookup");
    await expect(pat).toHaveURL(/\/sign-in/);
    await enter(pat, "product@demo.test", SAMPLE_PASSWORD);
    await expect(pat.getByRole("main").getByRole("alert")).toContainText("not right");
    await pat.goto(link);
    await expect(pat.getByText("your password was reset")).toBeVisible();
    await choosePassword(pat, PASSWORD);
    await expect(pat.getByText("The password is set.")).toBeVisible();
    await enter(pat, "product@demo.test", PASSWORD);
    await expect(pat).toHaveURL("/overview");
    await pat.context().close();
  },
);

testPeople(
  "sessions of one person end, and of everybody but who asks",
  async ({ browser, opened: { desk, people }, playwright }) => {
    const sam = await elsewhere(
      browser,
      desk,
      await signIn(playwright.request, desk.url, "support"),
    );
    const pat = await elsewhere(
      browser,
      desk,
      await signIn(playwright.request, desk.url, "product"),
    );
    await people.open();
    await people.manage("Sam Support");
    await people.change("End sessions");
    await expect(people.drawer.getByRole("button", { name: "End sessions" })).toHaveCount(0);
    await sam.goto("/lookup");
    await expect(sam).toHaveURL(/\/sign-in/);
    await pat.goto("/lookup");
    await expect(pat).toHaveURL("/lookup");

    await people.open();
    await people.page.getByRole("button", { name: "End all sessions" }).click();
    await people.dialog.getByRole("button", { name: "End all sessions" }).click();
    await expect(people.page.getByText("1 session has ended.")).toBeVisible();
    await pat.goto("/lookup");
    await expect(pat).toHaveURL(/\/sign-in/);
    await people.open();
    for (const page of [sam, pat]) await page.context().close();
  },
);

testPeople(
  "a tab that was left behind changes nothing it has not seen",
  async ({ context, opened: { desk, people } }) => {
    await people.open();
    await people.manage("Sam Support");
    const other = new PeoplePage(await context.newPage(), desk.url);
    await other.open();
    await other.manage("Sam Support");
    await other.changeRole("Product");
    await expect(other.row("Sam Support")).toContainText("Product");

    await people.changeRole("Administrator");
    await expect(people.dialog.getByRole("alert")).toContainText("changed meanwhile");
    await people.dialog.getByRole("button", { name: "Cancel" }).click();
    await expect(people.row("Sam Support")).toContainText("Product");
    await expect(people.drawer.getByRole("combobox", { name: "Role" })).toHaveValue("product");
  },
);

testPeople("an address that is taken is refused", async ({ opened: { people } }) => {
  await people.open();
  await people.invite.click();
  await people.dialog.getByRole("textbox", { name: "Email" }).fill("Support@demo.test");
  await people.dialog.getByRole("textbox", { name: "Name" }).fill("Another Sam");
  await people.dialog.getByRole("button", { name: "Make link" }).click();
  await expect(people.dialog.getByRole("alert")).toContainText("already has an account");
  await expect(people.dialog.getByRole("textbox", { name: "Name" })).toHaveValue("Another Sam");
});

testPeople("inviting needs no mouse", async ({ opened: { people } }) => {
  const { page } = people;
  await people.open();
  await page.keyboard.press("g");
  await page.keyboard.press("p");
  await people.invite.focus();
  await page.keyboard.press("Enter");
  await expect(people.dialog.getByRole("textbox", { name: "Email" })).toBeFocused();
  await page.keyboard.type("keys@demo.test");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Kim Keys");
  await page.keyboard.press("Enter");
  await expect(people.link).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(people.invite).toBeFocused();
  await expect(people.row("Kim Keys")).toBeVisible();
});

test.describe("an administrator", () => {
  test.use({ role: "admin" });

  test("finds people, and nobody where there is none", async ({ desk, page }) => {
    const people = new PeoplePage(page, desk.url);
    await people.open();
    await page.getByRole("searchbox", { name: "Name or email" }).fill("PAT");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL("/people?q=PAT");
    await expect(page.getByRole("row")).toHaveCount(2);
    await page.getByRole("searchbox", { name: "Name or email" }).fill("nobody like that");
    await page.getByRole("button", { name: "Find" }).click();
    await expect(page.getByText("contains “nobody like that”")).toBeVisible();
    await page.goBack();
    await expect(page.getByRole("row")).toHaveCount(2);
  });

  test("meets nothing serious in any width and theme", async ({ desk, page }) => {
    const people = new PeoplePage(page, desk.url);
    await people.open();
    await expectAccessible(page);
    await people.manage("Sam Support");
    await expectAccessible(page);
    await people.drawer.getByRole("button", { name: "Disable" }).click();
    await expect(page.getByRole("dialog")).toHaveCount(2);
    await expectAccessible(page);
    await people.open();
    await people.invite.click();
    await expectAccessible(page);
  });
});

test.describe("who is no administrator", () => {
  test.use({ role: "product" });

  test("has no such room", async ({ page }) => {
    await page.goto("/people");
    await expect(page.getByText("There is no page at this address.")).toBeVisible();
    await page.goto("/lookup");
    const rooms = page.getByRole("navigation", { name: "Rooms" });
    await expect(rooms.getByRole("link", { name: "Lookup" })).toBeVisible();
    await expect(rooms.getByRole("link", { name: "People" })).toHaveCount(0);
  });
});

test.describe("nobody", () => {
  test.use({ role: null });

  test("can choose a password without a link", async ({ page }) => {
    await page.goto("/choose-password");
    await expect(page.getByText("The link is not complete.")).toBeVisible();
    await expectAccessible(page);
    await page.goto(`/choose-password#${"x".repeat(43)}`);
    await expect(page.getByRole("main").getByRole("alert")).toContainText("not good any more");
    await expect(page).toHaveURL("/choose-password");
    await expectAccessible(page);
  });
});
