import { defineConfig } from "@playwright/test";
import { ensureBrowser } from "@/lib/cli/browser";
import { DISABLED_FEATURES } from "./e2e/browser-features";

const { executablePath, args, environment } = ensureBrowser();

export default defineConfig({
  testDir: "e2e",
  globalSetup: "./e2e/global-setup.ts",
  workers: 2,
  forbidOnly: true,
  reporter: "list",
  timeout: 90_000,
  expect: { timeout: 20_000 },
  use: {
    locale: "en",
    timezoneId: "UTC",
    // Nothing is clicked before it stands still.
    contextOptions: { reducedMotion: "reduce" },
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    launchOptions: {
      executablePath,
      // Nothing outside this machine is reached, whatever address the vendor's data names.
      args: [
        ...args,
        DISABLED_FEATURES,
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
      ],
      env: Object.fromEntries(
        Object.entries({ ...process.env, ...environment }).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, value]],
        ),
      ),
    },
  },
});
