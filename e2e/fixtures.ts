import { randomBytes } from "node:crypto";
import { type Browser, type BrowserContext, test as base, expect } from "@playwright/test";
import { DEFAULT_SETTINGS } from "@/lib/chat-emulator/api";
import { type Emulator, startEmulator } from "@/lib/chat-emulator/server";
import { type ChatApp, type Desk, startDesk } from "./desk";
import { Gateway } from "./gateway";
import { type Role, type Session, signIn } from "./sign-in";

type ForWorker = {
  apps: readonly ChatApp[];
  emulator: Emulator;
  /** Between the desk and the emulator. */
  gateway: Gateway;
  desk: Desk;
  sessions: Readonly<Record<Role, Session>>;
};

type ForTest = {
  /** The role of the signed-in person, or null. */
  role: Role | null;
  /** Errors, dialogs and policy violations in the browser. A test fails if there are any at its end. */
  incidents: Incidents;
  /** Starts a desk of the test's own, which ends with the test. */
  openDesk: typeof startDesk;
};

export const test = base.extend<ForTest, ForWorker>({
  apps: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads what a fixture needs from here
    async ({}, use) => {
      const key = () => randomBytes(32).toString("hex");
      await use([
        { slug: "demo", name: "Demo", sdkAppId: 1400000001, adminId: "one", secretKey: key() },
        { slug: "other", name: "Other", sdkAppId: 1400000002, adminId: "two", secretKey: key() },
      ]);
    },
    { scope: "worker" },
  ],
  emulator: [
    async ({ apps }, use) => {
      const emulator = await startEmulator({ apps });
      await use(emulator);
      await emulator.close();
    },
    { scope: "worker" },
  ],
  gateway: [
    async ({ emulator }, use) => {
      const gateway = new Gateway(emulator.url);
      await gateway.listen();
      await use(gateway);
      await gateway.close();
    },
    { scope: "worker" },
  ],
  desk: [
    async ({ apps, gateway }, use) => {
      const desk = await startDesk(apps, gateway.url);
      await use(desk);
      await desk.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  sessions: [
    async ({ desk, playwright }, use) => {
      const session = (role: Role) => signIn(playwright.request, desk.url, role);
      await use({
        support: await session("support"),
        product: await session("product"),
        admin: await session("admin"),
      });
    },
    { scope: "worker" },
  ],

  // biome-ignore lint/correctness/noEmptyPattern: as above
  openDesk: async ({}, use) => {
    const opened: Desk[] = [];
    await use(async (...options) => {
      const desk = await startDesk(...options);
      opened.push(desk);
      return desk;
    });
    for (const desk of opened) await desk.stop();
  },

  role: ["support", { option: true }],
  baseURL: ({ desk }, use) => use(desk.url),
  storageState: ({ role, sessions }, use) => use(role === null ? undefined : sessions[role]),
  incidents: [
    async ({ browser, context, emulator, gateway }, use) => {
      gateway.reset();
      emulator.set(DEFAULT_SETTINGS);
      await fetch(`${emulator.url}/emulator/calls`, { method: "DELETE" });
      await watchBrowser(browser, context, async (incidents) => {
        await use(incidents);
        expect(incidents).toEqual([]);
      });
    },
    { auto: true },
  ],
});

export { expect };

/** Sentences about what went wrong in a browser, oldest first. */
type Incidents = string[];

/**
 * Notes every error, dialog and violation of the policy in all pages of a context, and of those that
 * the browser opens until the end of `watched`.
 */
async function watchBrowser(
  browser: Browser,
  context: BrowserContext,
  watched: (incidents: Incidents) => Promise<void>,
): Promise<void> {
  const incidents: Incidents = [];
  const watch = (opened: BrowserContext) => void watchContext(opened, incidents);
  browser.on("context", watch);
  await watchContext(context, incidents);
  await watched(incidents);
  browser.off("context", watch);
}

async function watchContext(context: BrowserContext, incidents: Incidents): Promise<void> {
  context.on("console", (message) => {
    const text = message.text();
    if (message.type() === "error" && !isNetworkFailure(text)) incidents.push(`console: ${text}`);
  });
  context.on("weberror", (error) => {
    incidents.push(`thrown at ${error.page()?.url()}: ${error.error()}`);
  });
  context.on("dialog", (dialog) => {
    incidents.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  // Asked for at once, so that both are there before a page can be.
  await Promise.all([
    context.exposeBinding("reportViolation", (_, text: string) => {
      incidents.push(`policy: ${text}`);
    }),
    context.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) => {
        const report = Reflect.get(window, "reportViolation");
        void report(`${event.effectiveDirective} ${event.blockedURI}`);
      });
    }),
  ]);
}

// Avatars at invented addresses, a browser that is taken offline, and a wrong password are no faults.
function isNetworkFailure(text: string): boolean {
  return text.startsWith("Failed to load resource: ");
}
