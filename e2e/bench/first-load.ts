import type { CDPSession, Page } from "@playwright/test";
import type { Figure } from "./figure";
import type { Stage } from "./stage";

const KIB = 1024;
const ADDRESS = "/lookup?subscriber=follows-10000";

/**
 * What a browser with an empty cache fetches for a lookup with 50 rows before anybody touches it, as it is
 * transferred, with whatever the page fetches ahead of need. Avatars are counted in no row.
 */
export async function firstLoad(stage: Stage): Promise<Figure[]> {
  const context = await stage.browser.newContext({ storageState: stage.session });
  const page = await context.newPage();
  const transfers = await watchTransfers(await context.newCDPSession(page));
  await page.goto(stage.desk + ADDRESS, { waitUntil: "networkidle" });
  const own = [...transfers.values()].filter(({ type }) => type !== "Image");
  const scripts = own.filter(({ type }) => type === "Script");
  const [fifty, hundred] = [await htmlSize(page, 50), await htmlSize(page, 100)];
  await context.close();
  const sum = (sizes: readonly Transfer[]) =>
    sizes.reduce((all, { bytes }) => all + bytes, 0) / KIB;
  const what = "first load of /lookup with 50 rows";
  return [
    {
      what: `${what}: scripts, gzip, ${scripts.length} files`,
      ...{ unit: "KiB", value: sum(scripts), target: { most: 235 } },
    },
    { what: `${what}: all bytes`, unit: "KiB", value: sum(own), target: { most: 345 } },
    { what: `${what}: requests`, unit: "requests", value: own.length, target: { most: 25 } },
    { what: `${what}: the document, not compressed`, unit: "KiB", value: fifty / KIB },
    {
      what: "document of a lookup: each row more, not compressed",
      ...{ unit: "KiB", value: (hundred - fifty) / 50 / KIB, target: { most: 2.5 } },
    },
  ];
}

type Transfer = { readonly type: string; readonly bytes: number };

/** The transfers of a page by request, headers included; filled while the page loads. */
async function watchTransfers(devtools: CDPSession): Promise<ReadonlyMap<string, Transfer>> {
  const transfers = new Map<string, Transfer>();
  devtools.on("Network.responseReceived", ({ requestId, type }) => {
    transfers.set(requestId, { type, bytes: 0 });
  });
  devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength: bytes }) => {
    const { type } = transfers.get(requestId) ?? {};
    if (type) transfers.set(requestId, { type, bytes });
  });
  await devtools.send("Network.enable");
  return transfers;
}

/** Bytes of the document with so many rows, which the page's own person gets. */
async function htmlSize(page: Page, rows: number): Promise<number> {
  const url = new URL(`${ADDRESS}&size=${rows}`, page.url());
  const response = await page.context().request.get(url.href, { headers: { accept: "text/html" } });
  const html = await response.text();
  const drawn = html.split("<tr data-index").length - 1;
  if (drawn !== rows) throw new Error(`The document has ${drawn} rows instead of ${rows}.`);
  return Buffer.byteLength(html);
}
