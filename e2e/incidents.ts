import type { BrowserContext } from "@playwright/test";

/** Sentences about what went wrong in a browser, oldest first. */
export type Incidents = string[];

/** Notes every error, dialog and violation of the policy in all pages of a context. */
export async function watchContext(context: BrowserContext): Promise<Incidents> {
  const incidents: Incidents = [];
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
  await context.exposeBinding("reportViolation", (_, text: string) => {
    incidents.push(`policy: ${text}`);
  });
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      const report = Reflect.get(window, "reportViolation");
      void report(`${event.effectiveDirective} ${event.blockedURI}`);
    });
  });
  return incidents;
}

// Avatars at invented addresses, a browser that is taken offline, and a wrong password are no faults.
function isNetworkFailure(text: string): boolean {
  return text.startsWith("Failed to load resource: ");
}
