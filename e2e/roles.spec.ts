import type { Page, Request } from "@playwright/test";
import { SAMPLE_PEOPLE } from "@/lib/cli/sample-people";
import { expect, test } from "./fixtures";
import { LookupPage, listRequests } from "./lookup-page";

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

test("the lookup's action gives nothing to who is not signed in", async ({ page, emulator }) => {
  const request = await lookupRequest(page);
  expect(await replay(request, await cookiesOf(page))).toContain("test_mill_subscriber_OA");
  const calls = emulator.calls.length;
  for (const cookie of ["", "channel-desk.session=forged", "channel-desk.session=e30.e30.e30"]) {
    const answer = await replay(request, { cookie });
    expect(answer).toContain("signedOut");
    expect(answer).not.toContain("test_mill_subscriber_OA");
  }
  expect(emulator.calls).toHaveLength(calls);
});

test("the lookup's action gives nothing to another site", async ({ page, emulator }) => {
  const request = await lookupRequest(page);
  const calls = emulator.calls.length;
  const heads = { ...(await cookiesOf(page)), origin: "https://evil.example" };
  expect(await replay(request, heads)).not.toContain("test_mill_subscriber_OA");
  expect(emulator.calls).toHaveLength(calls);
});

test("the lookup's action refuses what is not a question", async ({ page, emulator }) => {
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

test.describe("a product manager", () => {
  test.use({ role: "product" });

  test("does not get a hidden field by asking the action for it", async ({ page, emulator }) => {
    const request = await lookupRequest(page);
    const [question] = JSON.parse(request.postData() ?? "[]");
    const fields = ["name", "subscribedAt", "subscriberCustomString"];
    const body = JSON.stringify([{ ...question, fields }]);
    expect(await replay(request, await cookiesOf(page), body)).toContain("test_mill_subscriber_OA");
    expect(listRequests(emulator).at(-1)?.ResponseFilter).toEqual({
      OfficialAccountBaseInfoFilter: ["Name"],
      SelfInfoFilter: ["SubscribeTime"],
    });
  });
});

test.describe("nobody", () => {
  test.use({ role: null });

  test("sees only the sign-in page and the health check", async ({ page, request }) => {
    for (const path of ["/", "/lookup", "/lookup?subscriber=107867", "/people", "/no-such-page"]) {
      await page.goto(path);
      await expect(page.getByRole("button", { name: "Sign in" })).toBeVisible();
      expect(await page.content()).not.toContain("test_mill_subscriber_OA");
    }
    const health = await request.get("/api/health");
    expect(health.status()).toBe(200);
    expect(await health.json()).toEqual({ status: "ok" });
  });
});
