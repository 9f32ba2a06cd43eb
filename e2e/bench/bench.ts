import { addedByDesk } from "./added-by-desk";
import { callsASecond } from "./calls-a-second";
import { deepLink } from "./deep-link";
import { type Figure, table } from "./figure";
import { firstLoadScript } from "./first-load-script";
import { machine } from "./machine";
import { memory } from "./memory";
import { nextPage } from "./next-page";
import { onStage } from "./on-stage";
import { wholeSet } from "./whole-set";

const MEASUREMENTS = [
  addedByDesk,
  firstLoadScript,
  deepLink,
  nextPage,
  wholeSet,
  callsASecond,
  memory,
];

onStage(async (stage) => {
  console.log(`${machine(stage.browser)}\n`);
  const figures: Figure[] = [];
  for (const measure of MEASUREMENTS) {
    console.error(`measuring ${measure.name} …`);
    figures.push(...(await measure(stage)));
  }
  console.log(table(figures));
});
