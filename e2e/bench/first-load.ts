import type { CDPSession } from "@playwright/test";
import type { Figure } from "./figure";
import type { Stage } from "./stage";

const KIB = 1024;

/**
 * All scripts a browser fetches for a lookup with rows before anybody touches it, as they are
 * transferred: compressed, without headers, and with whatever the page fetches ahead of need.
 */
export async function firstLoadScript({ browser, desk, session }: Stage): Promise<Figure[]> {
  const context = await browser.newContext({ storageState: session });
  const page = await context.newPage();
  const sizes = await watchScripts(await context.newCDPSession(page));
  await page.goto(`${desk}/lookup?subscriber=follows-10000`, { waitUntil: "networkidle" });
  await context.close();
  const bytes = [...sizes.values()];
  return [
    {
      what: `first-load JavaScript of /lookup with rows, gzip, ${bytes.length} files`,
      unit: "KiB",
      value: bytes.reduce((sum, size) => sum + size, 0) / KIB,
      target: { most: 200 },
    },
  ];
}

/** Bytes of the body of each script, by request; filled while the page loads. */
async function watchScripts(devtools: CDPSession): Promise<ReadonlyMap<string, number>> {
  const headers = new Map<string, number>();
  const bodies = new Map<string, number>();
  devtools.on("Network.responseReceived", ({ requestId, response }) => {
    if (response.mimeType.includes("javascript")) {
      headers.set(requestId, response.encodedDataLength);
    }
  });
  devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const head = headers.get(requestId);
    if (head !== undefined) bodies.set(requestId, encodedDataLength - head);
  });
  await devtools.send("Network.enable");
  return bodies;
}
