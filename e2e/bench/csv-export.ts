import { request } from "@playwright/test";
import { ExportDialog, rawCsv } from "../exported";
import { signIn } from "../sign-in";
import { type Figure, median, percentile } from "./figure";
import { CHANNELS, openPage, SUBSCRIBER } from "./page";
import { atOffsets, rawVendor } from "./raw-vendor";
import { type Stage, setVendor } from "./stage";

const ROUNDS = 5;
const DELAY_MS = 150;

/** All 10,000 channels as a file, for somebody who may take them: by the dialog, and by its address. */
export async function csvExport(support: Stage): Promise<Figure[]> {
  const stage = { ...support, session: await signIn(request, support.desk, "product") };
  const call = rawVendor(stage);
  const dialog: number[] = [];
  const address: number[] = [];
  const raw: number[] = [];
  await setVendor(stage, { delayMs: DELAY_MS });
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = performance.now();
    await atOffsets(call, SUBSCRIBER, CHANNELS, 10);
    raw.push(performance.now() - started);
    dialog.push(await timeDialog(stage));
    address.push(await timeAddress(stage));
  }
  const what = `CSV of all 10,000, ${DELAY_MS} ms a call`;
  const figure = (how: string, times: readonly number[]): Figure => ({
    what: `${what}: ${how}`,
    unit: "ms",
    value: median(times),
    p95: percentile(times, 0.95),
    raw: { what: "ten raw calls in parallel", value: median(raw) },
    target: { most: 1600 },
  });
  return [
    figure("from a cold page, click on Export to the file saved", dialog),
    figure("plain GET to the last byte", address),
  ];
}

async function timeDialog(stage: Stage): Promise<number> {
  const page = await openPage(stage);
  await page.goto(`${stage.desk}/lookup?subscriber=${SUBSCRIBER}`, { waitUntil: "networkidle" });
  const wanted = new ExportDialog(page);
  const download = page.waitForEvent("download", (each) =>
    each.suggestedFilename().endsWith(".csv"),
  );
  const started = performance.now();
  await wanted.choose("CSV");
  await wanted.start.click();
  await (await download).path();
  const time = performance.now() - started;
  check(await wanted.saved(".csv"));
  await page.context().close();
  return time;
}

async function timeAddress({ desk, session }: Stage): Promise<number> {
  const browser = await request.newContext({ storageState: session });
  const started = performance.now();
  const answer = await browser.get(`${desk}/lookup/export?subscriber=${SUBSCRIBER}&format=csv`);
  const body = await answer.body();
  const time = performance.now() - started;
  check(body);
  await browser.dispose();
  return time;
}

/** A fast file that is not whole, or not safe, would be no figure. */
function check(csv: Buffer): void {
  if (csv.subarray(0, 3).toString("hex") !== "efbbbf") throw new Error("The file has no BOM.");
  const [head = [], ...rows] = rawCsv(csv);
  const ids = new Set(rows.map((row) => row[head.indexOf("Channel ID")]));
  if (rows.length !== CHANNELS || ids.size !== CHANNELS) {
    throw new Error(`The file has ${rows.length} rows with ${ids.size} channels.`);
  }
  const formula = rows.flat().find((cell) => /^[\s\p{Cc}]*[=+\-@]/u.test(cell));
  if (formula !== undefined) throw new Error(`A spreadsheet would run ${formula}`);
}
