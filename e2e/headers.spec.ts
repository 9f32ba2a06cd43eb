import { once } from "node:events";
import { request as httpRequest, type IncomingMessage } from "node:http";
import type { APIResponse, Response } from "@playwright/test";
import { expect, test } from "./fixtures";
import { LookupPage } from "./lookup-page";

type Answer = Pick<APIResponse | Response, "status" | "headersArray">;
type Heads = ReadonlyMap<string, string>;

/** An answer's headers by their names; each of them is there once. */
async function headsOf(answer: Answer): Promise<Heads> {
  const given = await Promise.resolve(answer.headersArray());
  const heads = new Map(given.map(({ name, value }) => [name.toLowerCase(), value]));
  const names = given.map(({ name }) => name.toLowerCase()).filter((name) => name !== "set-cookie");
  expect(names.length).toBe(new Set(names).size);
  return heads;
}

const LOCKED = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'";

function expectHardened(heads: Heads, cacheControl: string | RegExp = /(^|, )no-store(,|$)/): void {
  expect(Object.fromEntries(heads)).toMatchObject({
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": expect.stringContaining("camera=()"),
    "content-security-policy": expect.stringMatching(
      /^default-src 'none';.* frame-ancestors 'none'/,
    ),
    "cache-control": expect.stringMatching(cacheControl),
    "x-request-id": expect.stringMatching(/^[\da-f-]{36}$/),
  });
  for (const revealing of ["server", "x-powered-by", "strict-transport-security"]) {
    expect(heads.has(revealing), revealing).toBe(false);
  }
}

test("a page says which scripts of its own may run, each time anew", async ({ page }) => {
  const policies: string[] = [];
  for (const path of ["/lookup", "/lookup", "/no-such-page", "/sign-in"]) {
    const answer = await page.goto(path);
    if (answer === null) throw new Error("A page has an answer.");
    const heads = await headsOf(answer);
    expectHardened(heads);
    policies.push(heads.get("content-security-policy") ?? "");
  }
  const nonces = policies.map((policy) => /'nonce-([^']+)'/.exec(policy)?.[1]);
  expect(new Set(nonces).size).toBe(4);
  for (const nonce of nonces) expect(Buffer.from(nonce ?? "", "base64")).toHaveLength(16);
  const [policy = ""] = policies;
  expect(policy.replace(/'nonce-[^']+'/g, "'nonce'").split("; ")).toEqual([
    "default-src 'none'",
    "script-src 'self' 'nonce' 'strict-dynamic'",
    "style-src 'self' 'nonce'",
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' http: https:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'none'",
    "media-src 'none'",
    "object-src 'none'",
    "frame-src 'none'",
    "worker-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ]);
});

const LOOKED_UP = "app=demo&subscriber=107867";

test.describe("whatever else is answered", () => {
  test.use({ role: "product" });

  for (const [kind, path, status] of [
    ["a redirect", "/", 307],
    ["data", "/api/health", 200],
    ["a session", "/api/auth/session", 200],
    ["a stream", `/lookup/stream?${LOOKED_UP}&fields=name`, 200],
    ["a file", `/lookup/export?${LOOKED_UP}&format=csv`, 200],
    ["a refusal", "/lookup/export?app=demo", 400],
    ["nothing", "/api/no-such-thing", 404],
    ["no picture of another", "/_next/image?url=%2Ffavicon.svg&w=64&q=75", 404],
    ["nothing of the build", "/_next/static/no-such-file.js", 404],
  ] as const) {
    test(`${kind} is kept by nobody and may run nothing`, async ({ request }) => {
      const answer = await request.get(path, { maxRedirects: 0 });
      expect(answer.status()).toBe(status);
      expectHardened(await headsOf(answer));
    });
  }

  for (const [sent, cleaned] of [
    ["/lookup?app=demo&subscriber=u%00x", "/lookup?app=demo&subscriber=ux"],
    ["/lookup?app=%00", "/lookup?app="],
    ["/people?q=%00", "/people?q="],
    ["/audit/export?q=%0%000", "/audit/export?q="],
  ] as const) {
    test(`${sent} leads to the address without what no database stores`, async ({ request }) => {
      const answer = await request.get(sent, { maxRedirects: 0 });
      expect([answer.status(), answer.headers().location]).toEqual([307, cleaned]);
      expectHardened(await headsOf(answer));
    });
  }

  test("an ambiguous path is refused", async ({ desk }) => {
    for (const path of ["/_next/static/../../lookup?subscriber=u7", "/%00/evil.example", "//a"]) {
      const asked = httpRequest(desk.url, { path });
      const answered = once(asked, "response");
      asked.end();
      const [answer]: IncomingMessage[] = await answered;
      expect([answer?.statusCode, answer?.headers["cache-control"]], path).toEqual([
        400,
        "no-store",
      ]);
      answer?.destroy();
    }
  });

  test("an action's answer too", async ({ page }) => {
    const lookup = new LookupPage(page);
    await lookup.open();
    const answered = page.waitForResponse((answer) => "next-action" in answer.request().headers());
    await lookup.lookUp("107867");
    const heads = await headsOf(await answered);
    expectHardened(heads);
    expect(heads.get("content-security-policy")).toBe(LOCKED);
  });

  test("an action that is sent to another page stays one request of one client", async ({
    page,
    request,
    desk,
  }) => {
    const lookup = new LookupPage(page);
    await lookup.open();
    const answered = page.waitForResponse((answer) => "next-action" in answer.request().headers());
    await lookup.lookUp("107867");
    const action = (await answered).request().headers()["next-action"] ?? "";
    const answer = await request.post("/sign-in", {
      headers: { "next-action": action, "content-type": "text/plain;charset=UTF-8" },
      data: "[]",
    });
    const id = answer.headers()["x-request-id"];
    await expect
      .poll(() => desk.output())
      .toContain(`"message":"POST /sign-in ${answer.status()}"`);
    const lines = desk
      .output()
      .split("\n")
      .filter((line) => line.includes(`"requestId":"${id}"`));
    const paths = lines.map((line) => /"POST (\S+) \d+"/.exec(line)?.[1]).filter(Boolean);
    expect(paths).toEqual(["/lookup", "/sign-in"]);
  });

  test("files that are the same for everybody may be cached", async ({ page, request }) => {
    const built: Response[] = [];
    page.on("response", (answer) => {
      if (answer.url().includes("/_next/static/")) built.push(answer);
    });
    await page.goto("/lookup");
    expect(built.length).toBeGreaterThan(3);
    for (const answer of built) {
      expectHardened(await headsOf(answer), /^public, max-age=31536000, immutable$/);
    }
    expectHardened(await headsOf(await request.get("/favicon.svg")), /^max-age=86400$/);
  });

  for (const method of ["OPTIONS", "TRACE", "PUT", "PATCH", "DELETE"]) {
    test(`${method} is not spoken here`, async ({ request }) => {
      const answer = await request.fetch("/lookup", { method });
      expect(answer.status()).toBe(405);
      expectHardened(await headsOf(answer));
      expect(answer.headers().allow).toBe("GET, HEAD, POST");
    });
  }

  test("more than anybody has to say is not listened to", async ({ request }) => {
    for (const path of ["/lookup", "/api/auth/callback/credentials"]) {
      const answer = await request.post(path, { data: "x".repeat(64 * 1024 + 1) });
      expect(answer.status()).toBe(413);
      expectHardened(await headsOf(answer));
    }
  });

  test("a body without a length is refused", async ({ desk }) => {
    for (const path of ["/lookup", "/lookup/ask", "/api/auth/callback/credentials"]) {
      const asked = httpRequest(desk.url + path, { method: "POST" });
      // Sent in chunks, as it is not known at the first whether there will be more.
      asked.write("subscriber=1");
      const answered = once(asked, "response");
      asked.end();
      const [answer]: IncomingMessage[] = await answered;
      expect(answer?.statusCode).toBe(411);
      answer?.destroy();
    }
  });
});

test.describe("to a visitor", () => {
  test.use({ role: null });

  test("a redirect names this desk alone, whomever the visitor asked for", async ({ request }) => {
    const headers = { host: "evil.example", "x-forwarded-host": "evil.example" };
    const answer = await request.get("/lookup?subscriber=1", { headers, maxRedirects: 0 });
    expect(answer.status()).toBe(307);
    const heads = await headsOf(answer);
    expectHardened(heads);
    expect(heads.get("location")).toMatch(/^\/sign-in\?/);
  });

  test("a request has an id that its sender does not choose, and that the log knows", async ({
    request,
    desk,
  }) => {
    const chosen = "11111111-1111-4111-8111-111111111111";
    const answer = await request.get("/api/health", { headers: { "x-request-id": chosen } });
    const id = answer.headers()["x-request-id"];
    expect(id).not.toBe(chosen);
    await expect.poll(() => desk.output()).toContain(`"requestId":"${id}"`);
    const line = desk
      .output()
      .split("\n")
      .find((text) => text.includes(`${id}`));
    expect(JSON.parse(line ?? "")).toMatchObject({
      source: "access",
      message: "GET /api/health 200",
      address: "127.0.0.1",
    });
    expect(desk.output()).not.toContain(chosen);
  });
});

test("a connection waits longer for its next request than common proxies keep it", async ({
  desk,
}) => {
  const answer = await fetch(`${desk.url}/api/health`);
  expect(answer.headers.get("keep-alive")).toBe("timeout=75");
});

test("behind https everything stays there", async ({ apps, gateway, openDesk, playwright }) => {
  const desk = await openDesk(apps, gateway.url, {
    APP_URL: "https://desk.example.com",
    TRUSTED_PROXIES: "127.0.0.1",
  });
  const proxy = await playwright.request.newContext({
    baseURL: desk.url,
    extraHTTPHeaders: { "x-forwarded-for": "192.0.2.1, 198.51.100.7" },
  });
  for (const path of ["/sign-in", "/api/health", "/lookup"]) {
    const answer = await proxy.get(path, { maxRedirects: 0 });
    const heads = await headsOf(answer);
    expect(heads.get("strict-transport-security")).toBe("max-age=63072000; includeSubDomains");
    if (path === "/sign-in") {
      expect(heads.get("content-security-policy")).toMatch(/; upgrade-insecure-requests$/);
    }
  }
  // What another host of the domain could have set counts for nothing.
  for (const [cookie, language] of [
    ["__Host-channel-desk.locale=ko", "ko"],
    ["locale=ko", "en"],
  ]) {
    const page = await proxy.get("/sign-in", { headers: { cookie: cookie ?? "" } });
    expect(await page.text()).toContain(`<html lang="${language}"`);
  }
  await expect.poll(() => desk.output()).toContain('"address":"198.51.100.7"');
  expect(desk.output()).not.toContain("192.0.2.1");
  await proxy.dispose();
});
