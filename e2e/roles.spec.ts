import type { Page, Request } from "@playwright/test";
import { SAMPLE_PEOPLE } from "@/lib/cli/sample-people";
import { expect, test } from "./fixtures";
import { LookupPage } from "./lookup-page";

/** The request by which the browser asks the desk for a lookup. */
async function lookupRequest(page: Page): Promise<Request> {
  const lookup = new LookupPage(page);
  await lookup.open();
  const asked = page.waitForRequest((request) => request.headers()["next-action"] !== undefined);
  await lookup.lookUp("107867");
  await expect(lookup.rows).toHaveCount(8);
  return asked;
}

/** Sends it again by hand, with other heads, and perhaps another body. */
async function replay(
  request: Request,
  heads: Readonly<Record<string, string>>,
  body = request.postData(),
): Promise<string> {
  const { "next-action": action = "", "content-type": type = "" } = request.headers();
  const answer = await fetch(request.url(), {
    method: "POST",
    headers: { "next-action": action, "content-type": type, accept: "text/x-component", ...heads },
    body,
    redirect: "manual",
  });
  return answer.text();
}

async function cookiesOf(page: Page): Promise<{ cookie: string }> {
  const cookies = await page.context().cookies();
  return { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; ") };
}

const PAGES_OF = {
  support: ["Lookup", "Bulk lookup"],
  product: ["Overview", "Lookup", "Bulk lookup", "Channels"],
  admin: ["Overview", "Lookup", "Bulk lookup", "Channels", "Audit log", "People", "Status"],
};

for (const { role, name } of SAMPLE_PEOPLE) {
  test.describe(role, () => {
    test.use({ role });

    test("looks up, and sees whose account it is and the own pages alone", async ({ page }) => {
      const lookup = new LookupPage(page);
      await lookup.open("?subscriber=107867");
      await expect(lookup.rows).toHaveCount(8);
      const links = page.getByRole("navigation", { name: "Main menu" }).getByRole("link");
      await expect(links).toHaveText(PAGES_OF[role]);
      await expect(links.filter({ hasText: /^Lookup$/ })).toHaveAttribute("aria-current", "page");
      await expect(page.getByRole("button", { name: `Account: ${name}` })).toBeVisible();
    });
  });
}

test("the lookup's action refuses invalid input", async ({ page, emulator }) => {
  const request = await lookupRequest(page);
  const cookies = await cookiesOf(page);
  const [question] = JSON.parse(request.postData() ?? "[]");
  const calls = emulator.calls.length;
  for (const wrong of [
    { size: 201 },
    { size: 0 },
    { offset: -1 },
    { subscriberId: "" },
    { subscriberId: { $ne: null } },
    { fields: ["secretKey"] },
    { admin: true },
  ]) {
    const answer = await replay(request, cookies, JSON.stringify([{ ...question, ...wrong }]));
    expect(answer, JSON.stringify(wrong)).toContain("invalid");
  }
  expect(emulator.calls).toHaveLength(calls);
});
