import { cpus, loadavg } from "node:os";
import type { Browser } from "@playwright/test";

/** What the figures depend on: one line. */
export function machine(browser: Browser): string {
  const processors = cpus();
  return [
    `${processors.length} × ${processors[0]?.model.trim() ?? "unknown processor"}`,
    `Node ${process.versions.node}`,
    `Chromium ${browser.version()}`,
    `load ${loadavg()[0]?.toFixed(1)} when it began`,
  ].join(" · ");
}
