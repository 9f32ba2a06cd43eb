import { readFile } from "node:fs/promises";
import type { BrowserContext, Page } from "@playwright/test";
import { SAMPLE_PASSWORD } from "@/lib/cli/sample-people";
import { untilAlive } from "./alive";
import { AuditPage } from "./audit-page";
import { type ChatApp, type Desk, startDesk } from "./desk";
import { ExportDialog, readCsv } from "./exported";
import { test as base, expect } from "./fixtures";
import { LookupPage, listRequests, openFilter } from "./lookup-page";
import { Recording } from "./recording";
import { type Role, signIn } from "./sign-in";

type WatchedDesk = {
  readonly url: string;
  /** What it printed since the test began, and what any log on the way to it could hold. */
  logged(): string;
  /** A browser of its own of somebody who has signed in, or of nobody. */
  visit(role: Role | null): Promise<BrowserContext>;
};

type Started = { readonly desk: Desk; readonly url: string; readonly recording: Recording };

async function start(apps: readonly ChatApp[], baseUrl: string): Promise<Started> {
  const recording = new Recording();
  const url = await recording.listen();
  const variables = { APP_URL: url, STRICT_ADDRESSES: "on" };
  const desk = await startDesk(apps, baseUrl, variables);
  recording.leadTo(desk.url);
  return { desk, url, recording };
}

async function stop({ desk, recording }: Started): Promise<void> {
  await desk.stop();
  await recording.close();
}

const test = base.extend<{
  /** A desk that the tests share, whose addresses name nobody. */
  strict: WatchedDesk;
}>({
  strict: async ({ browser, playwright }, use) => {
    const { desk, url, recording } = shared;
    const [passed, printed] = [recording.lines.length, desk.output().length];
    const contexts: BrowserContext[] = [];
    await use({
      url,
      logged: () => [...recording.lines.slice(passed), desk.output().slice(printed)].join("\n"),
      visit: async (role) => {
        const storageState = role ? await signIn(playwright.request, url, role) : undefined;
        const context = await browser.newContext({ baseURL: url, storageState });
        contexts.push(context);
        await context.grantPermissions(["clipboard-read", "clipboard-write"]);
        return context;
      },
    });
    for (const context of contexts) await context.close();
  },
});

let shared: Started;
test.beforeAll(async ({ apps, gateway }) => {
  shared = await start(apps, gateway.url);
});
test.afterAll(() => stop(shared));

/** The browser keeps an id in any of these. */
async function keptBy(page: Page): Promise<string> {
  const kept = await page.evaluate(() => ({
    entries: (Reflect.get(window, "navigation") as { entries(): { url: string }[] })
      .entries()
      .map(({ url }) => url),
    resources: performance.getEntriesByType("resource").map(({ name }) => name),
    state: history.state,
    title: document.title,
    referrer: document.referrer,
    local: { ...localStorage },
    session: { ...sessionStorage },
  }));
  return JSON.stringify([kept, page.url(), await page.context().cookies()]);
}

/** As it is, and as addresses, and addresses within addresses, write it. */
function formsOf(id: string): string[] {
  const encoded = encodeURIComponent(id);
  const ofForms = new URLSearchParams({ id }).toString().slice("id=".length);
  const ofNuqs = ofForms.replaceAll("%3D", "=");
  const inAddresses = [encoded, ofForms, ofNuqs];
  return [id, ...inAddresses, ...inAddresses.map(encodeURIComponent)];
}

function isIn(text: string, id: string): boolean {
  return formsOf(id).some((form) => text.includes(form));
}

const LINK = /\/lookup\?link=[A-Za-z]{23}$/;
const SIGNS = "who me&you=1%";
const IDS = ["follows-201", "follows-199", "follows-200", SIGNS, "of-another-tab"];

const listOf = (page: Page, subscriberId: string) =>
  page.getByRole("table", { name: `Channels that ${subscriberId} subscribes to` });
const palette = (page: Page) => page.getByRole("dialog", { name: "Commands" });

test("no id is in any address, log, referrer or storage, whatever somebody does", async ({
  strict: desk,
  emulator,
}) => {
  test.slow();
  const context = await desk.visit("product");
  const kept: string[] = [];
  const page = await context.newPage();
  const lookup = new LookupPage(page);
  const look = async (id: string, rows: number) => {
    await lookup.lookUp(id);
    await expect(listOf(page, id).locator("tbody").getByRole("row")).toHaveCount(rows);
    await expect(page).toHaveURL(LINK);
    kept.push(await keptBy(page));
  };

  await lookup.open();
  await look("follows-201", 50);
  await lookup.go("Next", "51–100 of 201");
  await expect(page).toHaveURL(LINK);

  await lookup.rows.first().locator("[data-open]").first().click();
  await expect(page.getByRole("dialog").getByText(/^Updated \d\d:/)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await page.getByRole("button", { name: "API inspector" }).click();
  await expect(page.getByRole("dialog").getByText("curl -")).toBeVisible();
  await page.keyboard.press("Escape");

  await lookup.header("Channel").getByRole("button").first().click();
  await expect(page.getByText("complete", { exact: true })).toBeVisible();
  await (await openFilter(page, "Owner")).getByRole("checkbox").first().check();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: /^Remove filter: Owner: / })).toBeVisible();
  kept.push(await keptBy(page));

  const wanted = new ExportDialog(page);
  await wanted.choose("CSV");
  await wanted.start.click();
  await expect(wanted.dialog.getByText(/^Exported [\d,]+ channels?\./)).toBeVisible();
  await page.keyboard.press("Escape");

  await page.getByRole("combobox", { name: "Subscribed to channel?" }).fill("no such channel");
  await page.keyboard.press("Enter");
  await expect(page.getByText("No known channel is named “no such channel”.")).toBeVisible();

  await look("follows-200", 50);
  await page.getByRole("button", { name: "Load all" }).click();
  await expect(page.getByText("complete", { exact: true })).toBeVisible();

  await page.keyboard.press("ControlOrMeta+k");
  await page.getByRole("combobox", { name: "Search or paste an ID…" }).fill("follows-199");
  await palette(page).getByRole("option", { name: "Look up follows-199" }).click();
  await expect(listOf(page, "follows-199")).toBeVisible();
  await expect(lookup.rows).toHaveCount(50);
  await expect(page).toHaveURL(LINK);

  await lookup.lookUp(SIGNS);
  await expect(page.getByText(`No user with the ID “${SIGNS}” in this app.`)).toBeVisible();
  await expect(page).toHaveURL(LINK);
  await page.reload();
  await expect(page.getByText(`No user with the ID “${SIGNS}” in this app.`)).toBeVisible();
  await page.goBack();
  await expect(listOf(page, "follows-199")).toBeVisible();
  await page.goBack();
  await expect(page.getByText("complete", { exact: true })).toBeVisible();
  await page.goForward();
  await page.goForward();
  await expect(page.getByText(`No user with the ID “${SIGNS}” in this app.`)).toBeVisible();
  kept.push(await keptBy(page));

  await page.getByRole("combobox", { name: "Language" }).selectOption("ko");
  await expect(page.getByRole("textbox", { name: "구독자 ID" })).toHaveValue(SIGNS);
  await page.getByRole("combobox", { name: "언어" }).selectOption("en");
  await expect(lookup.field).toHaveValue(SIGNS);

  const other = await context.newPage();
  await new LookupPage(other).open();
  await new LookupPage(other).lookUp("of-another-tab");
  await expect(other.getByText("No user with the ID “of-another-tab” in this app.")).toBeVisible();
  await expect(other).toHaveURL(LINK);
  kept.push(await keptBy(other), await keptBy(page));

  expect(listRequests(emulator).map(({ Subscriber_Account }) => Subscriber_Account)).toEqual(
    expect.arrayContaining(IDS),
  );
  const everything = [desk.logged(), ...kept].join("\n");
  expect(everything).toContain("/lookup/stream?app=demo&link=");
  expect(everything).toContain("/lookup/export?link=");
  expect(IDS.filter((id) => isIn(everything, id))).toEqual([]);
});

test("a ticket's link leads a colleague there, through the sign-in page", async ({
  strict: desk,
}) => {
  const page = await (await desk.visit("support")).newPage();
  const lookup = new LookupPage(page);
  await lookup.open();
  await lookup.lookUp("follows-201");
  await lookup.go("Next", "51–100 of 201");
  await page.getByRole("button", { name: "Copy summary" }).click();
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(clipboard).toMatch(LINK);
  const ticket = await clipboard();
  const link = ticket.split("\n").at(-1) ?? "";
  expect(link).toMatch(LINK);
  expect(ticket).toContain("follows-201");

  const colleague = await (await desk.visit(null)).newPage();
  await colleague.goto(link);
  const email = colleague.getByRole("textbox", { name: "Email" });
  await untilAlive(email);
  await email.fill("product@demo.test");
  await colleague.getByRole("textbox", { name: "Password" }).fill(SAMPLE_PASSWORD);
  await colleague.getByRole("button", { name: "Sign in" }).click();
  await new LookupPage(colleague).expectRange("51–100 of 201");
  await expect(colleague).toHaveURL(link);
  await expect(new LookupPage(colleague).field).toHaveValue("follows-201");

  // Pasted into the field it leads there too.
  const other = await (await desk.visit("admin")).newPage();
  const pasted = new LookupPage(other);
  await pasted.open();
  await pasted.lookUp(link);
  await pasted.expectRange("51–100 of 201");
  await expect(other).toHaveURL(link);
  await other.goBack();
  await expect(pasted.table).toHaveCount(0);
  expect(
    isIn(`${desk.logged()}${await keptBy(other)}${await keptBy(colleague)}`, "follows-201"),
  ).toBe(false);
});

test("an address that names somebody is not followed, but may be pasted", async ({
  strict: desk,
  emulator,
}) => {
  const page = await (await desk.visit("product")).newPage();
  const lookup = new LookupPage(page);
  await page.goto("/lookup?app=other&subscriber=follows-1&fields=name");
  await expect(page).toHaveURL("/lookup?app=other&refused=1");
  await expect(lookup.alert).toContainText("contains a user ID");
  await untilAlive(lookup.field);
  expect(listRequests(emulator)).toEqual([]);
  for (const path of ["stream?app=demo&fields=name&", "export?format=csv&"]) {
    expect((await page.request.get(`/lookup/${path}subscriber=follows-1`)).status()).toBe(400);
  }
  await lookup.lookUp(`${desk.url}/lookup?subscriber=follows-1&fields=name`);
  await expect(lookup.rows).toHaveCount(1);
  await expect(page).toHaveURL(LINK);
  await expect(lookup.alert).toHaveCount(0);
});

test("a link that nobody knows says so", async ({ strict: desk, emulator }) => {
  const page = await (await desk.visit("support")).newPage();
  const lookup = new LookupPage(page);
  await lookup.open("?link=abcdefghijklmnopq");
  await expect(lookup.alert).toContainText("link is invalid or has expired");
  await lookup.lookUp("follows-1");
  await expect(lookup.rows).toHaveCount(1);
  await expect(lookup.alert).toHaveCount(0);
  await page.goBack();
  await expect(lookup.alert).toContainText("link is invalid or has expired");
  expect(listRequests(emulator)).toHaveLength(1);
});

test("the form leads to a link before its script has come", async ({ strict: desk, browser }) => {
  const storageState = await (await desk.visit("support")).storageState();
  const context = await browser.newContext({
    baseURL: desk.url,
    storageState,
    javaScriptEnabled: false,
  });
  const page = await context.newPage();
  await page.goto("/lookup?app=other");
  await page.getByRole("textbox", { name: "Subscriber ID" }).fill("follows-1");
  await page.getByRole("button", { name: "Look up" }).click();
  await expect(page).toHaveURL(/\/lookup\?app=other&link=[A-Za-z]{23}$/);
  await expect(page.getByRole("textbox", { name: "Subscriber ID" })).toHaveValue("follows-1");
  expect(isIn(desk.logged(), "follows-1")).toBe(false);
});

test("a filter that cannot be stored still applies, and a message says so", async ({
  strict: desk,
}) => {
  const context = await desk.visit("support");
  const page = await context.newPage();
  const lookup = new LookupPage(page);
  await lookup.open();
  await lookup.lookUp("follows-1");
  await expect(lookup.rows).toHaveCount(1);
  const search = page.getByRole("searchbox", { name: "Filter rows" });
  const chip = (text: string) =>
    page.getByRole("button", { name: `Remove filter: Search: “${text}”` });
  await search.fill("no such");
  await expect(chip("no such")).toBeVisible();

  await context.setOffline(true);
  await search.fill("no such channel");
  await expect(chip("no such channel")).toBeVisible();
  const notStored = lookup.alert.filter({ hasText: "Could not create a shareable link" });
  await expect(notStored).toBeVisible();
  await context.setOffline(false);
  await page.getByRole("main").getByRole("button", { name: "Try again" }).click();
  await expect(notStored).toHaveCount(0);
  await page.reload();
  await expect(search).toHaveValue("no such channel");
  await expect(lookup.alert).toHaveCount(0);
});

test("browsers that kept lookups before forget them", async ({ strict: desk }) => {
  const page = await (await desk.visit("support")).newPage();
  const lookup = new LookupPage(page);
  await lookup.open();
  await page.evaluate(() => localStorage.setItem('recent-lookup:ann:["demo","follows-1"]', "1"));
  await lookup.open();
  await expect.poll(async () => isIn(await keptBy(page), "follows-1")).toBe(false);
});

const AUDIT_LINK = /\/audit\?([a-z]+=[\w.-]+&)*link=[A-Za-z]{23}(&without=[a-zA-Z]+)*$/;
// No other test looks the first one up.
const TYPED = ["follows-4999", "min@demo.t", "follows-200&1%", "follows-199", "follows-198"];
const [SUBSCRIBER = "", PERSON = "", TARGET = "", IN_APP = "", REQUEST = ""] = TYPED;

test("nothing typed into the audit is in any address, log, referrer or storage", async ({
  strict: desk,
}) => {
  test.slow();
  const page = await (await desk.visit("admin")).newPage();
  const lookup = new LookupPage(page);
  const audit = new AuditPage(page);
  const kept: string[] = [];
  const keep = async () => {
    await expect(page).toHaveURL(AUDIT_LINK);
    kept.push(await keptBy(page));
  };
  const chip = (words: string) => audit.active.getByText(words, { exact: true });
  const remove = (words: string) =>
    audit.active.getByRole("link", { name: `Remove filter: ${words}` }).click();

  await lookup.open();
  await lookup.lookUp(SUBSCRIBER);
  await expect(lookup.rows).toHaveCount(50);
  await page.getByRole("link", { name: "Audit log" }).click();
  await expect(page).toHaveURL("/audit");
  await audit.openFilters();
  await audit.filters.getByLabel("Person", { exact: true }).fill(PERSON);
  await audit.filter("Subscriber ID", SUBSCRIBER);
  await expect(audit.column("Action")).toHaveText(["Looked up a subscriber"]);
  await expect(chip(`Subscriber ID: ${SUBSCRIBER}`)).toBeVisible();
  await keep();

  // Each file of it is a row.
  const linked = page.url().replace("/audit?", "/audit/export?");
  await Promise.all(Array.from({ length: 55 }, () => page.request.get(linked)));
  await page.reload();
  await expect(audit.rows).toHaveCount(50);
  await audit.header("Duration").getByRole("link").click();
  await expect(page).toHaveURL(/\?sort=-duration&link=/);
  await audit.pages.getByRole("link", { name: "Next page" }).click();
  await expect(page).toHaveURL(/\?sort=-duration&page=2&through=\d+&link=/);
  await expect(audit.pages.getByText("page 2 of 2", { exact: false })).toBeVisible();
  await expect(chip(`Person: ${PERSON}`)).toBeVisible();
  await keep();
  await page.getByRole("link", { name: "Show newer entries" }).click();
  await expect(page).toHaveURL(/\?sort=-duration&link=[A-Za-z]+$/);

  await audit.openFilters();
  await audit.filters.locator("summary", { hasText: "Actions" }).click();
  await audit.filters
    .getByRole("checkbox", { name: "Looked up a subscriber", exact: true })
    .check();
  await audit.filters.getByRole("combobox", { name: "Rows per page" }).selectOption("100");
  await audit.filters.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/\?action=lookup&sort=-duration&size=100&link=[A-Za-z]+$/);
  await expect(audit.rows).toHaveCount(1);
  await keep();
  await remove("Action: Looked up a subscriber");
  await expect(page).toHaveURL(/\?sort=-duration&size=100&link=[A-Za-z]+$/);
  await expect(audit.rows).not.toHaveCount(1);
  await remove(`Person: ${PERSON}`);
  await expect(page).toHaveURL(/&link=[A-Za-z]+&without=person$/);
  await expect(chip(`Person: ${PERSON}`)).toHaveCount(0);
  await page.reload();
  await expect(audit.active.getByRole("listitem")).toHaveText([
    `Subscriber ID: ${SUBSCRIBER}`,
    "Reset",
  ]);
  await keep();

  const download = page.waitForEvent("download");
  await audit.exportLink.click();
  const [head = [], ...lines] = readCsv(await readFile(await (await download).path()));
  const ofWhom = lines.map((line) => line[head.indexOf("Subscriber ID")]);
  expect(ofWhom.length).toBeGreaterThan(55);
  expect(new Set(ofWhom)).toEqual(new Set([SUBSCRIBER]));

  await untilAlive(page.getByRole("combobox", { name: "Language" }));
  await page.getByRole("combobox", { name: "Language" }).selectOption("ko");
  await expect(page.getByText(`구독자 ID: ${SUBSCRIBER}`)).toBeVisible();
  await page.getByRole("combobox", { name: "언어" }).selectOption("en");
  await page.goBack();
  await expect(chip(`Person: ${PERSON}`)).toBeVisible();
  await keep();
  await audit.active.getByRole("link", { name: "Reset" }).click();
  await expect(page).toHaveURL("/audit?sort=-duration&size=100");

  await audit.openFilters();
  await audit.filters.getByLabel("App", { exact: true }).fill(IN_APP);
  await audit.filters.getByLabel("Request ID", { exact: true }).fill(REQUEST);
  await audit.filter("Target", TARGET);
  await expect(page.getByText("No entries match these filters.")).toBeVisible();
  await audit.openFilters();
  await expect(audit.filters.getByLabel("Target", { exact: true })).toHaveValue(TARGET);
  await keep();

  const everything = [desk.logged(), ...kept].join("\n");
  expect(everything).toMatch(/GET \/audit\/export\?\S+&link=/);
  expect(TYPED.filter((text) => isIn(everything, text))).toEqual([]);
});

test("a link of the audit opens there alone, and no other address asks it anything", async ({
  strict: desk,
}) => {
  const page = await (await desk.visit("admin")).newPage();
  const { alert } = new LookupPage(page);
  const audit = new AuditPage(page);
  await page.goto("/audit?subscriber=follows-7&sort=-rows");
  await expect(page).toHaveURL("/audit?sort=-rows&refused=1");
  await expect(alert).toContainText("contains the text of a filter");
  await expect(audit.rows).toHaveCount(0);
  await audit.filter("Subscriber ID", "follows-7");
  await expect(page).toHaveURL(AUDIT_LINK);
  await expect(page.getByText("No entries match these filters.")).toBeVisible();
  const link = new URL(page.url()).searchParams.get("link");

  const support = await (await desk.visit("support")).newPage();
  expect((await support.goto(page.url()))?.status()).toBe(404);
  await page.goto(`/lookup?link=${link}`);
  await expect(alert).toContainText("link is invalid or has expired");

  await page.goto("/audit?link=abcdefghijklmnopq");
  await expect(alert).toContainText("link is invalid or has expired");
  await expect(audit.rows).toHaveCount(0);
  for (const query of ["link=abcdefghijklmnopq", "subscriber=follows-7", "target=follows-7"]) {
    expect((await page.request.get(`/audit/export?${query}`)).status()).toBe(400);
  }
  // What is too long for a link must not turn into all rows.
  await audit.openFilters();
  await audit.filters.getByLabel("Person", { exact: true }).fill("频".repeat(500));
  await audit.filter("Target", "道".repeat(500));
  await expect(page).toHaveURL("/audit?link=");
  await expect(alert).toContainText("link is invalid or has expired");
});

test("where addresses may name somebody, all of this finds him", async ({
  browser,
  desk,
  sessions,
}) => {
  // Pages alone need not come from the address that the desk has.
  const recording = new Recording();
  const url = await recording.listen();
  recording.leadTo(desk.url);
  const context = await browser.newContext({ baseURL: url, storageState: sessions.support });
  const page = await context.newPage();
  await new LookupPage(page).open(`?${new URLSearchParams({ subscriber: SIGNS })}`);
  await expect(page.getByText(`No user with the ID “${SIGNS}” in this app.`)).toBeVisible();
  expect(isIn(await keptBy(page), SIGNS)).toBe(true);
  expect(isIn(recording.lines.join("\n"), SIGNS)).toBe(true);
  const lookup = new LookupPage(page);
  await lookup.open("?subscriber=follows-1");
  await expect(lookup.rows).toHaveCount(1);
  const local = () => page.evaluate(() => JSON.stringify({ ...localStorage }));
  await expect.poll(async () => isIn(await local(), "follows-1")).toBe(true);
  await context.close();
  await recording.close();
});
