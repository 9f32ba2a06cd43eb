import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { type Browser, request } from "@playwright/test";
import { startEmulator } from "@/lib/cli/children";
import type { Lifetime } from "@/lib/cli/command";
import { type ChatApp, startDesk } from "../desk";
import { launchBrowser } from "../launch-browser";
import { seedEmbedded } from "../seeded-database";
import { type Session, signIn } from "../sign-in";

/** The built dashboard before the emulator, a browser, and somebody who has signed in. */
export type Stage = {
  readonly app: ChatApp;
  /** Base address of the emulator. */
  readonly vendor: string;
  /** Base address of the dashboard. */
  readonly desk: string;
  readonly browser: Browser;
  readonly session: Session;
};

/** Starts all of it, each in a process of its own, as it is in service. */
export async function setStage(life: Lifetime): Promise<Stage> {
  const secretKey = randomBytes(32).toString("hex");
  const app = { slug: "demo", name: "Demo", sdkAppId: 1400000001, adminId: "one", secretKey };
  const vendor = await startEmulator([app], life);
  const directory = seedEmbedded();
  life.atEnd(() => rmSync(directory, { recursive: true, force: true }));
  const desk = await startDesk([app], vendor, { DATA_DIR: directory });
  life.atEnd(desk.stop);
  const browser = await launchBrowser(life);
  return {
    app,
    vendor,
    desk: desk.url,
    browser,
    session: await signIn(request, desk.url, "support"),
  };
}

/** How slowly the emulator answers from now on, and how many calls a second it allows. */
export async function setVendor(
  { vendor }: Stage,
  settings: { readonly delayMs?: number; readonly callsPerSecond?: number },
): Promise<void> {
  const init = { method: "PUT", body: JSON.stringify(settings) };
  const response = await fetch(`${vendor}/emulator/settings`, init);
  if (!response.ok) throw new Error(`The emulator refused its settings: ${await response.text()}`);
}
