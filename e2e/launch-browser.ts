import { type Browser, chromium } from "@playwright/test";
import { ensureBrowser } from "@/lib/cli/browser";
import type { Lifetime } from "@/lib/cli/command";

/** A browser for programs that are no journeys. Whatever address the vendor's data names, it stays on this machine. */
export async function launchBrowser(life: Lifetime): Promise<Browser> {
  const { executablePath, args, environment } = ensureBrowser();
  const env = Object.entries({ ...process.env, ...environment });
  const browser = await chromium.launch({
    executablePath,
    args: [...args, "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
    env: Object.fromEntries(env.filter((pair): pair is [string, string] => pair[1] !== undefined)),
  });
  life.atEnd(() => browser.close());
  return browser;
}
