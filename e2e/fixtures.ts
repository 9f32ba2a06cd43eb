import { randomBytes } from "node:crypto";
import { test as base, expect } from "@playwright/test";
import { type Emulator, startEmulator } from "@/lib/chat-emulator/server";
import { DEFAULT_SETTINGS } from "@/lib/chat-emulator/settings";
import { type ChatApp, type Desk, startDesk } from "./desk";
import { Gateway } from "./gateway";
import { type Incidents, watchBrowser } from "./incidents";
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
  /** Who is signed in, or nobody. */
  role: Role | null;
  /** What no journey may cause; each test ends by finding none. */
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
    await use(async (...given) => {
      const desk = await startDesk(...given);
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
