import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { SAMPLE_PASSWORD } from "@/lib/cli/sample-people";
import { CHECKED_LOCALES, expectAccessible } from "./accessible";
import { untilAlive } from "./alive";
import { type Program, portOfWorker, startProgram } from "./desk";
import { expect, test } from "./fixtures";
import { type Session, signIn } from "./sign-in";
import { translate } from "./translate";

const overviewWords = (
  locale: string,
): Record<"title" | "gainers" | "losers" | "newlySilent", string> =>
  JSON.parse(readFileSync(`lib/messages/${locale}.json`, "utf8")).overview;

const section = (page: Page, name: string | RegExp) => page.getByRole("region", { name });

/** Presses Refresh, once React listens to it. */
async function refresh(page: Page): Promise<void> {
  const button = page.getByRole("button", { name: "Refresh" });
  await untilAlive(button);
  await button.click();
}

/** Expects a link of the overview to lead to as many rows as it says. */
async function expectRowsBehind(page: Page, link: Locator): Promise<void> {
  const overview = page.url();
  // Channels are refreshed meanwhile, so that between the two pages one may begin to grow.
  await expect(async () => {
    if (page.url() !== overview) await page.goto(overview);
    await refresh(page);
    const [count] = (await link.innerText()).match(/[\d,]+/) ?? [];
    await link.click();
    await expect(page).toHaveURL(/\/channels\?view=/);
    const range = page.getByText(/^1–[\d,]+ of [\d,]+$/);
    const told = await range.innerText();
    await page.goBack();
    await expect(link).toBeVisible();
    expect(told.endsWith(` of ${count}`), `${told}, ${count}`).toBe(true);
  }).toPass();
}

test.describe("the demo", () => {
  test.use({ role: null });

  let demo: Program;
  let url: string;
  let session: Session;
  test.beforeAll(async ({ playwright }) => {
    const port = await portOfWorker();
    url = `http://127.0.0.1:${port}`;
    demo = startProgram("e2e/run-sample-desk.ts", { PORT: String(port) });
    await demo.printed(/Press Ctrl-C/);
    session = await signIn(playwright.request, url, "product");
  });
  test.afterAll(() => demo.end("SIGTERM"));
  test.beforeEach(async ({ context }) => {
    await context.addCookies(session?.cookies ?? []);
  });

  test("a product manager starts with the changes, and every figure links to its rows", async ({
    page,
  }) => {
    await page.goto(`${url}/`);
    await expect(page).toHaveURL(`${url}/overview`);
    await expect(page.getByText(/^Sample data: the history before /)).toBeVisible();
    for (const name of ["Growing this week", "Shrinking this week", "Newly silent"]) {
      const list = section(page, name);
      await expect(list.getByRole("rowheader").first()).toBeVisible();
      await expectRowsBehind(page, list.getByRole("link", { name: /^All [\d,]+$/ }));
    }
    const figures = section(page, "Watched channels").getByRole("definition");
    await expectRowsBehind(page, figures.last().getByRole("link"));
    const fresh = page.getByRole("link", { name: /^[\d,]+ up to date$/ });
    await expectRowsBehind(page, fresh);
    await fresh.click();
    await expect(page.getByText("Update status: up to date", { exact: true })).toBeVisible();
  });

  test("a channel leads to its page, and reading again says when", async ({ page }) => {
    await page.goto(`${url}/overview`);
    const first = section(page, "Growing this week").getByRole("rowheader").first();
    await expect(first.getByRole("link")).toHaveAttribute(
      "href",
      /\/channels\/view\?channel=%40TOA/,
    );
    const readAt = page.locator("header time", { hasText: "Updated" });
    const before = await readAt.getAttribute("datetime");
    await refresh(page);
    await expect(readAt).not.toHaveAttribute("datetime", before ?? "");
  });

  test("prints on one page", async ({ page }) => {
    await page.goto(`${url}/overview`);
    await expect(section(page, "Deleted this week")).toBeVisible();
    await expect(page.locator("canvas")).toBeVisible();
    // Letter paper is the lowest, A4 the narrowest.
    for (const format of ["Letter", "A4"]) {
      const pdf = await page.pdf({ format, preferCSSPageSize: true });
      expect(pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    }
  });

  test("an unknown app leads to the first one", async ({ page }) => {
    await page.goto(`${url}/overview?app=none`);
    await expect(page.getByRole("main").getByRole("alert")).toContainText("App not found");
    const open = page.getByRole("button", { name: "Open the first app" });
    await untilAlive(open);
    await open.click();
    await expect(section(page, "Growing this week")).toBeVisible();
  });

  test("a translated page goes on", async ({ page }) => {
    await page.goto(`${url}/overview`);
    await expect(section(page, "Growing this week").getByRole("rowheader")).toHaveCount(5);
    const button = page.getByRole("button", { name: "Refresh" });
    await untilAlive(button);
    await translate(page);
    const readAt = page.locator("header time", { hasText: "Updated" });
    const before = await readAt.getAttribute("datetime");
    await button.click();
    await expect(readAt).not.toHaveAttribute("datetime", before ?? "");
    await page
      .getByRole("navigation", { name: "Main menu" })
      .getByRole("link", { name: "Channels" })
      .click();
    await expect(page.getByRole("heading", { level: 1, name: "Channels" })).toBeVisible();
  });

  test("offline, the figures stay and say of when they are", async ({ page, context }) => {
    await page.goto(`${url}/overview`);
    const rows = section(page, "Growing this week").getByRole("rowheader");
    await expect(rows).toHaveCount(5);
    await untilAlive(page.getByRole("button", { name: "Refresh" }));
    await context.setOffline(true);
    await refresh(page);
    await expect(page.getByRole("alert").filter({ hasText: "Could not refresh." })).toBeVisible();
    await expect(rows).toHaveCount(5);
    await context.setOffline(false);
    await page.getByRole("button", { name: "Retry" }).click();
    await expect(page.getByText("Could not refresh.")).toHaveCount(0);
  });

  for (const locale of CHECKED_LOCALES) {
    test.describe(locale, () => {
      test.use({ locale });

      test("speaks it to everybody, in either theme, wide and narrow", async ({ page }) => {
        const words = overviewWords(locale);
        await page.goto(`${url}/overview`);
        await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.title);
        for (const name of [words.gainers, words.losers, words.newlySilent]) {
          await expect(section(page, name)).toBeVisible();
        }
        await expect(section(page, words.gainers).getByRole("rowheader")).toHaveCount(5);
        await expectAccessible(page);
      });
    });
  }

  // The last one: it ends what the others look at.
  test("Ctrl-C ends it with all that it started", async ({ request }) => {
    test.skip(process.platform === "win32", "there is no such signal on Windows");
    expect(demo.output()).toContain(`Channel Desk listening on ${url}`);
    expect(demo.output()).toContain("support@demo.test");
    expect(demo.output()).toContain(SAMPLE_PASSWORD);
    expect((await request.get(`${url}/api/health`)).status()).toBe(200);
    const children = childrenOf(demo.pid);
    expect(children.length).toBeGreaterThan(0);

    expect(await demo.end("SIGINT")).toBe(0);
    await expect.poll(() => children.filter(isAlive)).toEqual([]);
    await expect(request.get(`${url}/api/health`)).rejects.toThrow("ECONNREFUSED");
  });
});

function childrenOf(parent: number): number[] {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  const pairs = table
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  return pairs.flatMap(([pid, ppid]) => (pid !== undefined && ppid === parent ? [pid] : []));
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
