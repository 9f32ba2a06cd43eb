import { type Channel, EPOCH } from "./channel";
import { makeChannel } from "./make-channel";
import { randomFrom } from "./random";
import { wordsOf } from "./words";

const DAY = 86_400;

/** The first of the numbers whose channels are made one day and gone another. */
const FIRST = 70_000;
const PLACES = 30;
/** Channels that follow each other in one place; after them nobody comes any more. */
const TURNS = 100;
const TURN = 40 * DAY;
/** When the first of them was made: a year before the epoch. They last for eleven years. */
const START = EPOCH - 365 * DAY;

export function isPassing(number: number): boolean {
  return number >= FIRST && number < FIRST + PLACES * TURNS;
}

/** The passing channel with a number: it begins with a few subscribers, and grows until it is gone. */
export function makePassing(number: number): Channel {
  const random = randomFrom(number + 3_000_000);
  const turn = (number - FIRST) % TURNS;
  const place = Math.floor((number - FIRST) / TURNS);
  const from = START + turn * TURN + beginOf(place);
  const perDay = 20 + Math.floor(random() * 400);
  const made = makeChannel(number);
  const words = wordsOf(place * 7 + turn * 31);
  return {
    ...made,
    Name: `${words.name} ${2 + Math.floor(turn / 10)}`,
    Introduction: words.introduction,
    Organization: words.organization,
    CreateTime: from,
    subscribers: { count: 30 - Math.floor(perDay * ((from - EPOCH) / DAY)), perDay },
    messages: { at: from + 600, every: 3600 * (1 + Math.floor(random() * 36)) },
    life: { from, until: from + Math.floor((18 + random() * 20) * DAY) },
  };
}

/** The number of the channel that has a place at a time in Unix seconds; null between two of them. */
export function numberInPlace(place: number, now: number): number | null {
  const turn = Math.floor((now - START - beginOf(place % PLACES)) / TURN);
  return turn < 0 || turn >= TURNS ? null : FIRST + (place % PLACES) * TURNS + turn;
}

/** Places begin one after another, so that there is always one that is new. */
function beginOf(place: number): number {
  return Math.floor((place * TURN) / PLACES);
}
