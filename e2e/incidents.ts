import type { Browser, BrowserContext } from "@playwright/test";

/** Sentences about what went wrong in a browser, oldest first. */
export type Incidents = string[];

/**
 * Notes every error, dialog and violation of the policy in all pages of a context, and of those that
 * the browser opens until the end of `watched`.
 */
export async function watchBrowser(
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
