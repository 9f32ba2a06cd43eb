import { cpus, loadavg } from "node:os";
import type { Browser } from "@playwright/test";
import { buildDesk } from "@/lib/cli/children";
import { toTheEnd } from "../to-the-end";
import { addedByDesk } from "./added-by-desk";
import { callsASecond } from "./calls-a-second";
import { csvExport } from "./csv-export";
import { deepLink } from "./deep-link";
import { directoryEmbedded, directoryPostgres } from "./directory";
import { TABLE_HEAD, tableRows } from "./figure";
import { filtering } from "./filtering";
import { firstLoad } from "./first-load";
import { heap } from "./heap";
import { nextPage } from "./next-page";
import { pagesASecond } from "./pages-a-second";
import { scrolling } from "./scrolling";
import { sorting } from "./sorting";
import { type Stage, setStage } from "./stage";
import { tenWholeSets } from "./ten-whole-sets";
import { wholeSet } from "./whole-set";
import { wholeSetInBrowser } from "./whole-set-in-browser";

const MEASUREMENTS = [
  addedByDesk,
  firstLoad,
  deepLink,
  nextPage,
  wholeSet,
  wholeSetInBrowser,
  sorting,
  filtering,
  scrolling,
  heap,
  csvExport,
  callsASecond,
  pagesASecond,
  tenWholeSets,
  directoryEmbedded,
  directoryPostgres,
];

/** All of them over a new build; or those that are named, over the build that is there. */
const wanted = process.argv.slice(2);
const chosen = MEASUREMENTS.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
if (chosen.length < wanted.length) {
  console.error(`There is: ${MEASUREMENTS.map(({ name }) => name).join(" ")}`);
  process.exit(1);
}

onStage(
  async (stage) => {
    console.log(`${machine(stage.browser)}\n\n${TABLE_HEAD}`);
    for (const measure of chosen) {
      console.error(`measuring ${measure.name}, load ${loadavg()[0]?.toFixed(1)} …`);
      console.log(tableRows(await measure(stage)));
    }
  },
  { overPresentBuild: wanted.length > 0 },
);

/** What the figures depend on: one line. */
function machine(browser: Browser): string {
  const processors = cpus();
  return [
    `${processors.length} × ${processors[0]?.model.trim() ?? "unknown processor"}`,
    `Node ${process.versions.node}`,
    `Chromium ${browser.version()}`,
    `load ${loadavg()[0]?.toFixed(1)} when it began`,
  ].join(" · ");
}

/** Sets the stage, lets something happen on it, and clears it. */
async function onStage(
  act: (stage: Stage) => Promise<void>,
  { overPresentBuild }: { readonly overPresentBuild: boolean },
): Promise<void> {
  await toTheEnd(async (life) => {
    if (!overPresentBuild) await buildDesk(life);
    await act(await setStage(life));
  });
}
