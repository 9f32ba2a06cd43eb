import type { Channel } from "./channel";
import { EPOCH } from "./channel";
import { courseOf } from "./course";
import { pausesOf } from "./pauses";
import { pick, randomFrom } from "./random";
import { wordsOf } from "./words";

const HOUR = 3600;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

/** Makes the channel with a number: the same number gives the same channel. */
export function makeChannel(number: number): Channel {
  const random = randomFrom(number);
  const words = wordsOf(number);
  const created = EPOCH - DAY - Math.floor(random() * 7 * YEAR);
  const count = Math.floor(10 ** (1.5 + 4.7 * random()));
  return {
    Official_Account: channelId(number),
    Name: words.name,
    Owner_Account: `user-${1 + Math.floor(random() * 200)}`,
    Introduction: random() < 0.05 ? "" : words.introduction,
    Organization: random() < 0.03 ? "" : words.organization,
    CustomString: customString(random),
    // A handful answers without it, as the vendor's own sample does.
    ...(number % 401 === 7 ? {} : { CreateTime: created }),
    ...faceOf(number, random()),
    subscribers: {
      count,
      perDay: count * (random() * 0.004 - 0.0003),
      course: courseOf(number),
    },
    messages: { ...messagesOf(created, random), ...pausesOf(number, EPOCH) },
  };
}

/** The id of a numbered channel: every third one looks as if the vendor had made it. */
export function channelId(number: number): string {
  if (number % 3 === 0) return `@TOA#_@TOA#${(number ^ MASK).toString(36).toUpperCase()}`;
  return `@TOA#_${wordsOf(number).slug}_${number}`;
}

/** The number that an id would have, if there is such a channel; null when it has none. */
export function numberOf(id: string): number | null {
  const generated = /^@TOA#_@TOA#([0-9A-Z]{1,5})$/.exec(id)?.[1];
  if (generated !== undefined) return Number.parseInt(generated, 36) ^ MASK;
  const chosen = /^@TOA#_[a-z_]+_(\d{1,6})$/.exec(id)?.[1];
  return chosen === undefined ? null : Number(chosen);
}

// Flipping these bits makes a number look random, and flipping them again gives it back.
const MASK = 0b1010_1100_0101_1011_0111;

function customString(random: () => number): string {
  const chance = random();
  if (chance < 0.6) return "";
  if (chance < 0.7) return `desk-${Math.floor(random() * 40)}`;
  const tier = pick(random, ["gold", "silver", "trial"]);
  return JSON.stringify({ tier, desk: Math.floor(random() * 40), verified: random() < 0.7 });
}

function faceOf(number: number, chance: number): Pick<Channel, "face"> {
  if (chance < 0.1) return {};
  if (chance < 0.25) return { face: { url: "" } };
  if (chance < 0.27) return { face: { url: `https://images.example/${number}.png` } };
  const name = chance < 0.32 ? `gone-${number}` : number;
  return { face: { path: `/avatars/${name}.png` } };
}

function messagesOf(created: number, random: () => number): Channel["messages"] {
  const chance = random();
  if (chance < 0.04) return { at: 0, every: 0 };
  if (chance < 0.16) {
    const quietSince = Math.max(created, EPOCH - 2 * YEAR);
    return { at: created + Math.floor(random() * (quietSince - created)), every: 0 };
  }
  const every = pick(random, [HOUR, 6 * HOUR, DAY, 3 * DAY, 7 * DAY, 30 * DAY]);
  return { at: created + Math.floor(random() * every), every };
}
