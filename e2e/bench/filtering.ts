import type { Page } from "@playwright/test";
import { type VendorRow, vendorRows } from "../vendor-rows";
import { type Figure, median, percentile } from "./figure";
import { CHANNELS, fromInput, openWholePage, SUBSCRIBER } from "./page";
import type { Stage } from "./stage";

const PAGES = 6;
/** Not in every row: those of `@TOA#` are. */
const LETTERS = ["k", "v", "z", "b"];

/** From a key in the search box to the rows that match painted, whatever waits in between. */
export async function filtering(stage: Stage): Promise<Figure[]> {
  const rows = await vendorRows(stage.app, stage.vendor, SUBSCRIBER);
  const first: number[] = [];
  const next: number[] = [];
  for (let round = 0; round < PAGES; round += 1) {
    const page = await openWholePage(stage);
    const times: number[] = [];
    for (const letter of LETTERS) {
      const kept = rows.filter((row) => textOf(row).includes(letter)).length;
      times.push(await timeKey(page, letter, kept));
      times.push(await timeKey(page, "Backspace", CHANNELS));
    }
    first.push(...times.slice(0, 1));
    next.push(...times.slice(1));
    await page.context().close();
  }
  const what = "10,000 rows: key in the search to the matching rows painted";
  return [figure(`${what}, the first in its page`, first), figure(`${what}, the next ones`, next)];
}

function figure(what: string, times: readonly number[]): Figure {
  const p95 = percentile(times, 0.95);
  return { what, unit: "ms", value: median(times), p95, target: { most: 40 } };
}

async function timeKey(page: Page, key: string, kept: number): Promise<number> {
  const table = page.getByRole("main").getByRole("table");
  const timing = await table.evaluateHandle(
    (shown, rowCount) => ({
      time: fromInput("keydown", () => shown.getAttribute("aria-rowcount") === rowCount),
    }),
    String(kept + 1),
  );
  await page.getByRole("searchbox", { name: "Filter rows" }).press(key);
  return timing.evaluate(({ time }) => time);
}

/** What is searched of a row, with the columns that a lookup shows by itself. */
function textOf({ Official_Account, Name, Owner_Account }: VendorRow): string {
  return [Official_Account, Name, Owner_Account].join("\n").toLowerCase();
}
