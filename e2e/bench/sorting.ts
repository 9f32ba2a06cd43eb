import type { Page } from "@playwright/test";
import { type Figure, median, percentile } from "./figure";
import { fromInput, openWholePage } from "./page";
import type { Stage } from "./stage";

/** A text, a number and a time. */
const COLUMNS = ["Channel", "Subscribers", "Last message"];
const PAGES = 5;
const MORE_CLICKS = 8;

/** From the click on a column's name to 10,000 rows in another order painted. */
export async function sorting(stage: Stage): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const column of COLUMNS) {
    const first: number[] = [];
    const next: number[] = [];
    for (let round = 0; round < PAGES; round += 1) {
      const page = await openWholePage(stage);
      first.push(await timeSort(page, column));
      for (let click = 0; click < MORE_CLICKS; click += 1) next.push(await timeSort(page, column));
      await page.context().close();
    }
    const what = `10,000 rows: click on ${column} to sorted rows painted`;
    figures.push(
      figure(`${what}, the first in its page`, first),
      figure(`${what}, the next ones`, next),
    );
  }
  return figures;
}

function figure(what: string, times: readonly number[]): Figure {
  const p95 = percentile(times, 0.95);
  return { what, unit: "ms", value: median(times), p95, target: { most: 40 } };
}

async function timeSort(page: Page, column: string): Promise<number> {
  const header = page.getByRole("columnheader", { name: column, exact: true });
  const timing = await header.evaluateHandle((cell) => {
    const firstRow = () => document.querySelector("main tr[aria-rowindex='2']")?.textContent;
    const row = firstRow();
    const sort = cell.getAttribute("aria-sort");
    const isSorted = () => cell.getAttribute("aria-sort") !== sort && firstRow() !== row;
    return { time: fromInput("click", isSorted) };
  });
  await header.getByRole("button", { name: column, exact: true }).click();
  const time = await timing.evaluate(({ time }) => time);
  await checkOrder(page, column, await header.getAttribute("aria-sort"));
  return time;
}

/** A fast order that is not the right one would be no figure. */
async function checkOrder(page: Page, column: string, sort: string | null): Promise<void> {
  if (sort === null) return;
  const cells = page.locator(`main td[data-label="${column}"]`);
  const shown = await cells.evaluateAll((found) =>
    found.map((cell) => cell.querySelector("time")?.dateTime ?? cell.textContent ?? ""),
  );
  const { compare } = new Intl.Collator("en", { numeric: true });
  const plain = shown.map((text) => text.replaceAll(",", ""));
  const sorted = plain.toSorted(sort === "ascending" ? compare : (a, b) => compare(b, a));
  if (plain.length < 10 || plain.some((text, index) => compare(text, sorted[index] ?? "") !== 0)) {
    throw new Error(`${column} is said to be ${sort}: ${shown}`);
  }
}
