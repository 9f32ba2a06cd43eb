import type { Browser, Page } from "@playwright/test";
import { SAMPLE_PASSWORD } from "@/lib/cli/sample-people";
import { expectAccessible } from "./accessible";
import { untilAlive } from "./alive";
import type { Desk } from "./desk";
import { test as base, expect } from "./fixtures";
import { LookupPage, listRequests } from "./lookup-page";
import { PeoplePage } from "./people-page";
import { NO_SESSION, type Role, signIn } from "./sign-in";

const PASSWORD = "seven green ferries";

const test = base.extend<{ people: PeoplePage }>({
  role: "admin",
  people: ({ page }, use) => use(new PeoplePage(page)),
});

/** A page of somebody else, in a browser of their own. */
async function elsewhere(browser: Browser, desk: Desk, session = NO_SESSION): Promise<Page> {
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

test("an invited person chooses a password by the link, once, and signs in", async ({
  browser,
  desk,
  people,
}) => {
  await people.open();
  await people.invite.click();
  const form = people.dialog;
  await form.getByRole("textbox", { name: "Email" }).fill("New@Demo.test");
  await form.getByRole("textbox", { name: "Name" }).fill("Nan New");
  await form.getByRole("combobox", { name: "Role" }).selectOption({ label: "Product" });
  await form.getByRole("button", { name: "Create invite link" }).dblclick();
  const link = await people.link.inputValue();
  expect(link).toMatch(new RegExp(`^${desk.url}/choose-password#[\\w-]{43}$`));
  await expect(form.getByText(/works one time, until/)).toBeVisible();
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
  await expect(guest.getByRole("main").getByRole("alert")).toContainText("no longer valid");
  await people.open("?q=new%40demo");
  await expect(people.row("Nan New")).toContainText("Active");
  await guest.context().close();
});

test("a changed role holds on the next request, and disabling ends the session", async ({
  browser,
  desk,
  emulator,
  people,
  playwright,
}) => {
  const session = await signIn(playwright.request, desk.url, "dan");
  const dan = await elsewhere(browser, desk, session);
  await dan.goto("/channels");
  await expect(dan.getByText("Page not found")).toBeVisible();
  const lookup = new LookupPage(dan);
  await lookup.open("?subscriber=107867&fields=name,subscribedAt,subscriberCustomString");
  await expect(lookup.headers).toHaveCount(4);

  await people.open();
  await people.manage("dan");
  await people.changeRole("Product");
  await expect(people.drawer.getByRole("status")).toHaveText("Changed the role of dan.");
  await expect(people.row("dan")).toContainText("Product");
  await lookup.refresh.click();
  await expect.poll(() => listRequests(emulator)).toHaveLength(2);
  expect(listRequests(emulator).map(({ ResponseFilter }) => ResponseFilter.SelfInfoFilter)).toEqual(
    [["SubscribeTime", "CustomString"], ["SubscribeTime"]],
  );
  await dan.reload();
  await expect(lookup.headers).toHaveText(["Channel", "Subscribed since", "Channel ID"]);
  await dan.goto("/channels");
  await expect(dan.getByRole("button", { name: "Add channels" })).toBeVisible();

  await lookup.open("?subscriber=107867");
  await people.change("Disable");
  await expect(people.drawer.getByRole("button", { name: "Enable" })).toBeVisible();
  await lookup.lookUp("follows-1");
  await expect(lookup.alert).toContainText("Your session has ended.");
  await dan.goto("/channels");
  await expect(dan).toHaveURL(/\/sign-in/);
  await enter(dan, "dan@demo.test", SAMPLE_PASSWORD);
  await expect(dan.getByRole("main").getByRole("alert")).toBeVisible();

  await people.change("Enable");
  await expect(people.row("dan")).toContainText("Active");
  await enter(dan, "dan@demo.test", SAMPLE_PASSWORD);
  await expect(dan).toHaveURL("/overview");
  await dan.context().close();
});

test("the last administrator is neither demoted nor disabled", async ({ people }) => {
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
});

test("a reset password works no more, nor does the session, until the link is used", async ({
  browser,
  desk,
  people,
  playwright,
}) => {
  const session = await signIn(playwright.request, desk.url, "eva");
  const eva = await elsewhere(browser, desk, session);
  await people.open();
  await people.manage("eva");
  await people.change("Reset password");
  const link = await people.link.inputValue();
  await people.dialog.getByRole("button", { name: "Done" }).click();
  await expect(people.row("eva")).toContainText("Password reset");

  await eva.goto("/lookup");
  await expect(eva).toHaveURL(/\/sign-in/);
  await enter(eva, "eva@demo.test", SAMPLE_PASSWORD);
  await expect(eva.getByRole("main").getByRole("alert")).toContainText(
    "Incorrect email or password",
  );
  await eva.goto(link);
  await expect(eva.getByText("your password was reset")).toBeVisible();
  await choosePassword(eva, PASSWORD);
  await expect(eva.getByText("Your password is set.")).toBeVisible();
  await enter(eva, "eva@demo.test", PASSWORD);
  await expect(eva).toHaveURL("/lookup");
  await eva.context().close();
});

test("a tab that was left behind changes nothing it has not seen", async ({ context, people }) => {
  await people.open();
  await people.manage("gil");
  const other = new PeoplePage(await context.newPage());
  await other.open();
  await other.manage("gil");
  await other.changeRole("Product");
  await expect(other.row("gil")).toContainText("Product");

  await people.changeRole("Administrator");
  await expect(people.dialog.getByRole("alert")).toContainText("changed in another tab");
  await people.dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(people.row("gil")).toContainText("Product");
  await expect(people.drawer.getByRole("combobox", { name: "Role" })).toHaveValue("product");
});

test("inviting needs no mouse, and refuses an address that is taken", async ({ people }) => {
  const { page } = people;
  await people.open();
  await page.keyboard.press("g");
  await page.keyboard.press("p");
  await people.invite.focus();
  await page.keyboard.press("Enter");
  const email = people.dialog.getByRole("textbox", { name: "Email" });
  const name = people.dialog.getByRole("textbox", { name: "Name" });
  await expect(email).toBeFocused();
  await page.keyboard.type("Support@demo.test");
  await page.keyboard.press("Tab");
  await page.keyboard.type("Kim Keys");
  await page.keyboard.press("Enter");
  await expect(people.dialog.getByRole("alert")).toContainText("already exists");
  await expect(name).toHaveValue("Kim Keys");
  await email.fill("keys@demo.test");
  await page.keyboard.press("Enter");
  await expect(people.link).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(people.invite).toBeFocused();
  await expect(people.row("Kim Keys")).toBeVisible();
});

test("people are found, and the page is accessible", async ({ page, people }) => {
  await people.open();
  await expectAccessible(page);
  await people.manage("Sam Support");
  await expectAccessible(page, { isState: true });
  await people.drawer.getByRole("button", { name: "Disable" }).click();
  await expect(page.getByRole("dialog")).toHaveCount(2);
  await expectAccessible(page, { isState: true });
  await people.open();
  await people.invite.click();
  await expectAccessible(page, { isState: true });

  await people.open();
  await page.getByRole("searchbox", { name: "Name or email" }).fill("PAT");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/people?q=PAT");
  await expect(page.getByRole("row")).toHaveCount(2);
  await page.getByRole("searchbox", { name: "Name or email" }).fill("nobody like that");
  await page.getByRole("button", { name: "Find" }).click();
  await expect(page.getByText("No people match “nobody like that”.")).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("row")).toHaveCount(2);
});

test.describe("at a desk of its own", () => {
  test.use({ role: null });

  test("sessions of one person end, and then those of everybody else", async ({
    apps,
    browser,
    context,
    gateway,
    openDesk,
    page,
    playwright,
  }) => {
    const desk = await openDesk(apps, gateway.url);
    const visit = async (role: Role) =>
      elsewhere(browser, desk, await signIn(playwright.request, desk.url, role));
    const [sam, pat] = [await visit("support"), await visit("product")];
    await context.addCookies((await signIn(playwright.request, desk.url, "admin")).cookies);
    const people = new PeoplePage(page, desk.url);
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
    await expect(people.page.getByText("1 session ended.")).toBeVisible();
    await pat.goto("/lookup");
    await expect(pat).toHaveURL(/\/sign-in/);
    await people.open();
    for (const visitor of [sam, pat]) await visitor.context().close();
  });
});

test.describe("nobody", () => {
  test.use({ role: null });

  test("can choose a password without a link", async ({ page }) => {
    await page.goto("/choose-password");
    await expect(page.getByText("This link is incomplete.")).toBeVisible();
    await expectAccessible(page);
    await page.goto(`/choose-password#${"x".repeat(43)}`);
    await expect(page.getByRole("main").getByRole("alert")).toContainText("no longer valid");
    await expect(page).toHaveURL("/choose-password");
    await expectAccessible(page, { isState: true });
  });
});
