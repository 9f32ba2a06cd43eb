import {
  type Curve,
  curveFactor,
  curveOf,
  growthDays,
  type Pauses,
  pauseAt,
  pausesOf,
} from "./growth";
import { pick, randomFrom } from "./random";
import { wordsOf } from "./sample-texts";

/** A stored channel. Values that change over time are stored as rules. */
export interface Channel {
  readonly Official_Account: string;
  readonly Name: string;
  readonly Owner_Account: string;
  readonly Introduction: string;
  readonly Organization: string;
  readonly CustomString: string;
  readonly CreateTime?: number;
  /** A URL elsewhere, or a path on this server. */
  readonly face?: { readonly url: string } | { readonly path: string };
  /** Without a series the count changes by the same number every day. */
  readonly subscribers: {
    readonly count: number;
    readonly perDay: number;
    readonly curve?: Curve;
  };
  /** A message at `at` (0 is never), and one every `every` seconds from then on (0 is no more). */
  readonly messages: { readonly at: number; readonly every: number; readonly pauses?: Pauses };
  /** When it exists, in Unix seconds; absent: always. */
  readonly life?: { readonly from: number; readonly until: number };
}

/** The time of a call in Unix seconds, and the URL of this server. */
export interface Moment {
  readonly now: number;
  readonly origin: string;
}

/** The time, in Unix seconds, of `subscribers.count`: 1 June 2026. */
export const EPOCH = 1_780_272_000;

const HOUR = 3600;
const DAY = 24 * HOUR;

/** Returns whether a channel exists at a time in Unix seconds. */
export function isThere({ life }: Channel, now: number): boolean {
  return life === undefined || (life.from <= now && now < life.until);
}

/** Returns the number of subscribers at a time in Unix seconds. */
export function subscriberNum({ subscribers }: Channel, now: number): number {
  const { count, perDay, curve } = subscribers;
  const days = (now - EPOCH) / DAY;
  if (curve === undefined) return Math.max(0, count + Math.floor(perDay * days));
  const grown = count + perDay * growthDays(curve, days);
  return Math.max(0, Math.floor(grown * curveFactor(curve, days)));
}

/** Returns the time of the last message in Unix seconds, 0 if there was none. */
export function lastMsgTime({ messages }: Channel, now: number): number {
  const { at, every, pauses } = messages;
  if (every === 0 || now <= at) return at;
  const beat = now - ((now - at) % every);
  const pause = pauses && pauseAt(pauses, beat);
  if (!pause) return beat;
  // No message is sent during the pause.
  return pause.from <= at ? at : pause.from - ((pause.from - at) % every);
}

/** Returns the URL of the avatar, or undefined. */
export function faceUrl({ face }: Channel, origin: string): string | undefined {
  if (face === undefined) return undefined;
  return "url" in face ? face.url : origin + face.path;
}

const CONTROLS = "\u0000\u0001\u0007\u0008\u000b\u001b[31m\u007f\r\n\t";
const ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff";
const FLOOD = "\u0300\u0316\u0334\u0489\u0591".repeat(20);

/** Channels with texts and URLs that attack the client. */
export const hostileChannels: readonly Channel[] = [
  hostile(1, "<script>window.hacked=1</script>", "javascript:window.hacked=1", {
    Introduction: '<img src=x onerror="window.hacked=1">',
    Organization: "</td></tr></table><h1>Signed out</h1>",
    CustomString: '{"html":"</script><script>window.hacked=1</script>"}',
  }),
  hostile(2, '"><svg onload=window.hacked=1>', "data:text/html,<script>window.hacked=1</script>", {
    Introduction: "{{constructor.constructor('window.hacked=1')()}} <%= 7*7 %>",
    Organization: "[click](javascript:window.hacked=1)",
  }),
  hostile(3, "=cmd|' /C calc'!A0", "file:///etc/passwd", {
    Introduction: '=HYPERLINK("http://evil.example","Sign in again")',
    Organization: "@SUM(1+1)*cmd|' /C calc'!A0",
    CustomString: "+1+1\t-2+3",
  }),
  hostile(4, "-1+1", "//evil.example/avatar.png", {
    Introduction: '\t=1+1","=2+2"',
    Organization: "\r=1+1",
    CustomString: "＝1+1;|calc",
  }),
  hostile(5, "\u202egnp.slennahc\u202c \u2067txet\u2069", "http://admin:pass@evil.example/a.png", {
    Introduction: "Pay \u202e001$\u202c to \u200fשלום\u200e now",
    Organization: "\u061cمرحبا بكم\u202b unclosed",
  }),
  hostile(6, `Ze${ZERO_WIDTH}ro wid${ZERO_WIDTH}th`, " javascript:window.hacked=1", {
    Introduction: `Be${CONTROLS}ep`,
    Organization: "Tencent\u00a0\u3000Ⅽhat",
    CustomString: CONTROLS,
  }),
  hostile(7, "W".repeat(600), "HTTP://EVIL.EXAMPLE:99999/", {
    Introduction: "no-break".repeat(200),
    Organization: "\u6f22".repeat(600),
  }),
  hostile(8, "👩‍👩‍👧‍👦🏴󠁧󠁢󠁳󠁣󠁴󠁿🧑🏽‍🚀 \u{1f1fa}\u{1f1f3}", "blob:http://evil.example/1", {
    Introduction: "\u{1f600}".repeat(100),
    Organization: "\ud83d alone",
  }),
  hostile(9, `Z${FLOOD}a${FLOOD}lgo`, "vbscript:msgbox(1)", { Introduction: FLOOD }),
  hostile(10, "   ", "http://", { Introduction: "\u2028\u2029", Organization: "null" }),
  hostile(11, "__proto__", "http://127.0.0.1:1/logout?next=//evil.example", {
    Introduction: "constructor",
    CustomString: '{"__proto__":{"admin":true}}',
  }),
  hostile(12, "'; DROP TABLE channels; --", "https://evil.example/%00%0d%0aSet-Cookie:a=b", {
    Introduction: "%s %n {{7*7}} #{7*7} \\u003cscript\\u003e",
    Organization: "..\\..\\etc/passwd",
  }),
];

type Texts = Partial<Pick<Channel, "Introduction" | "Organization" | "CustomString">>;

function hostile(number: number, name: string, url: string, texts: Texts): Channel {
  return {
    Official_Account: `@TOA#_hostile_${number}`,
    Name: name,
    Owner_Account: "fault-hostile",
    Introduction: "",
    Organization: "",
    CustomString: "",
    ...texts,
    CreateTime: EPOCH - number * 86_400,
    face: { url },
    subscribers: { count: 1000 * number, perDay: 1 },
    messages: { at: EPOCH, every: 3600 },
  };
}

/** The channel of the documented sample response. It does not change over time. */
export const sampleChannel: Channel = {
  Official_Account: "@TOA#_test_mill_subscriber_OA",
  Name: "test_mill_subscriber_OA",
  Owner_Account: "107867",
  Introduction: "This is test Introduction",
  Organization: "Tencent",
  CustomString: "test_custom_string",
  face: { url: "http://this.is.face.url" },
  subscribers: { count: 499_800, perDay: 0 },
  messages: { at: 1_698_894_911, every: 0 },
};

/** When the sample subscriber subscribed to that channel, in Unix seconds. */
export const SAMPLE_SUBSCRIBE_TIME = 1_700_655_351;

const YEAR = 365 * DAY;

/** Creates the channel with a number, always the same one. */
function makeChannel(number: number): Channel {
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
    // A few lack it, as in the documented sample.
    ...(number % 401 === 7 ? {} : { CreateTime: created }),
    ...faceOf(number, random()),
    subscribers: {
      count,
      perDay: count * (random() * 0.004 - 0.0003),
      curve: curveOf(number),
    },
    messages: { ...messagesOf(created, random), ...pausesOf(number, EPOCH) },
  };
}

/** Returns the ID of a numbered channel. Every third one looks like a generated ID. */
function channelId(number: number): string {
  if (number % 3 === 0) return `@TOA#_@TOA#${(number ^ MASK).toString(36).toUpperCase()}`;
  return `@TOA#_${wordsOf(number).slug}_${number}`;
}

function numberOf(id: string): number | null {
  const generated = /^@TOA#_@TOA#([0-9A-Z]{1,5})$/.exec(id)?.[1];
  if (generated !== undefined) return Number.parseInt(generated, 36) ^ MASK;
  const chosen = /^@TOA#_[a-z_]+_(\d{1,6})$/.exec(id)?.[1];
  return chosen === undefined ? null : Number(chosen);
}

// Flipping these bits scrambles a number, and flipping them again restores it.
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
  return { face: { path: `/avatars/${name}.svg` } };
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

/** The first number of the channels that are created and deleted over time. */
const FIRST = 70_000;
const PLACES = 30;
/** Number of channels that follow each other in one place. */
const TURNS = 100;
const TURN = 40 * DAY;
/** When the first of them was created: a year before the epoch. They last for eleven years. */
const START = EPOCH - 365 * DAY;

function isPassing(number: number): boolean {
  return number >= FIRST && number < FIRST + PLACES * TURNS;
}

/** Returns a temporary channel: it starts with few subscribers and grows until it is deleted. */
function makePassing(number: number): Channel {
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

/** Returns the number of the channel in a place at a time; null between two channels. */
export function numberInPlace(place: number, now: number): number | null {
  const turn = Math.floor((now - START - beginOf(place % PLACES)) / TURN);
  return turn < 0 || turn >= TURNS ? null : FIRST + (place % PLACES) * TURNS + turn;
}

/** Places start one after another, so that one of them is always new. */
function beginOf(place: number): number {
  return Math.floor((place * TURN) / PLACES);
}

/** How many channels the app has; a longer list continues with higher numbers. */
export const CATALOGUE_SIZE = 3000;

const HIGHEST_NUMBER = 99_999;

const numbered = new Map<number, Channel>();
const named = new Map(
  [sampleChannel, ...hostileChannels].map((channel) => [channel.Official_Account, channel]),
);

/** Returns the channel with a number, always the same one. */
export function channelAt(number: number): Channel {
  const known = numbered.get(number);
  if (known !== undefined) return known;
  const channel = isPassing(number) ? makePassing(number) : makeChannel(number);
  numbered.set(number, channel);
  return channel;
}

/** Returns the channel with an ID, or null. */
export function findChannel(id: string): Channel | null {
  const number = numberOf(id);
  if (number === null || number > HIGHEST_NUMBER || channelId(number) !== id) {
    return named.get(id) ?? null;
  }
  return channelAt(number);
}
