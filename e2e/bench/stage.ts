import { randomBytes } from "node:crypto";
import { type Browser, chromium, request } from "@playwright/test";
import { bringBrowser } from "@/lib/cli/browser";
import type { Lifetime } from "@/lib/cli/command";
import { startEmulator } from "@/lib/cli/emulator";
import { type ChatApp, startDesk } from "../desk";
import seedStore from "../global-setup";
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
  life.atEnd(seedStore());
  const secretKey = randomBytes(32).toString("hex");
  const app = { slug: "demo", name: "Demo", sdkAppId: 1400000001, adminId: "one", secretKey };
  const vendor = await startEmulator([app], life);
  const desk = await startDesk([app], vendor);
  life.atEnd(desk.stop);
  const browser = await launch();
  life.atEnd(() => browser.close());
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

function launch(): Promise<Browser> {
  const { executablePath, args, environment } = bringBrowser();
  const env = Object.entries({ ...process.env, ...environment });
  return chromium.launch({
    executablePath,
    // Nothing outside this machine is reached, whatever address the vendor's data names.
    args: [...args, "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
    env: Object.fromEntries(env.filter((pair): pair is [string, string] => pair[1] !== undefined)),
  });
}
