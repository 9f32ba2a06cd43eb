import {
  type BodyFault,
  bigBody,
  type Delivery,
  nonsense,
  numericStrings,
  oddValues,
} from "./faults";
import {
  hostileList,
  neverComplete,
  type PageFault,
  type SubscriptionList,
  sampleList,
  scattered,
  shifting,
  stuckNext,
  totalOffBy,
  withHole,
  withPassing,
} from "./lists";
import { hash } from "./random";

/** A known subscriber and the behaviour of calls for it. */
export interface Persona {
  readonly id: string;
  /** What it demonstrates, in one sentence. */
  readonly shows: string;
  /**
   * The number of channels or the list itself. Calls for a subscriber are counted from 1, `now` is
   * in Unix seconds.
   */
  readonly follows: number | ((call: number, now: number) => SubscriptionList);
  readonly refuses?: { readonly code: number; readonly when: (call: number) => boolean };
  /** Maximum number of rows per page, whatever Limit is. */
  readonly maxRows?: number;
  /** The largest accepted Limit; above it the answer is too large (10018). */
  readonly largestLimit?: number;
  readonly pageFault?: PageFault;
  readonly bodyFault?: BodyFault;
  readonly delivery?: Delivery;
}

/** Returns the subscriber with an ID, or null if the account does not exist. */
export function findPersona(id: string): Persona | null {
  return named.get(id) ?? ordinaryPerson(id) ?? refusingPerson(id);
}

/** Returns the list of a subscriber at the nth call, at a time in Unix seconds. */
export function listOf({ id, follows }: Persona, call: number, now: number): SubscriptionList {
  return typeof follows === "number" ? scattered(id, follows) : follows(call, now);
}

function ordinaryPerson(id: string): Persona | null {
  const number = Number(/^user-([1-9]\d{0,2})$/.exec(id)?.[1]);
  if (!(number <= 200)) return null;
  const length = 3 + (hash(id) % 58);
  return {
    id,
    shows: "An ordinary person.",
    follows: (_, now) => withPassing(id, number, length, now),
  };
}

function refusingPerson(id: string): Persona | null {
  const code = /^error-([1-9]\d{0,5})$/.exec(id)?.[1];
  if (code === undefined) return null;
  return { id, shows: "A refusal.", follows: 0, refuses: { code: Number(code), when: () => true } };
}

const always = () => true;

const ordinary: readonly Persona[] = [
  {
    id: "107867",
    shows: "Eight channels; the first is the sample of the vendor's page.",
    follows: () => sampleList,
  },
  { id: "user-1", shows: "A typical user, as are user-2 to user-200.", follows: 42 },
  { id: "follows-0", shows: "A user without subscriptions.", follows: 0 },
  { id: "follows-1", shows: "One channel.", follows: 1 },
  { id: "follows-199", shows: "One short of a full page.", follows: 199 },
  { id: "follows-200", shows: "Exactly one full page.", follows: 200 },
  { id: "follows-201", shows: "One more than a full page.", follows: 201 },
  { id: "follows-4999", shows: "4,999 channels: just below 25 full pages.", follows: 4999 },
  { id: "follows-5001", shows: "5,001 channels: just above 25 full pages.", follows: 5001 },
  { id: "follows-10000", shows: "10,000 channels: 50 full pages.", follows: 10_000 },
];

const refusals: readonly Persona[] = [
  refused("error-131000", 131000, "Official channels are not enabled for the app."),
  refused("error-130002", 130002, "The operation is not permitted."),
  refused("error-10004", 10004, "An internal error that can be retried."),
  refused("error-20005", 20005, "An internal error that remains."),
  refused("error-60007", 60007, "Too many calls to this command."),
  refused("error-60021", 60021, "The address of the caller is not allowed."),
  refused("error-70001", 70001, "The signature has always expired."),
  refused("error-70009", 70009, "The signature always belongs to another key."),
  refused("error-139999", 139999, "An undocumented code; error-<code> returns any code."),
  refused("fault-not-enabled", 131000, "Official channels are not enabled for the app."),
  refused("fault-rate-limited", 60011, "The app always exceeds its rate limit."),
  {
    id: "fault-flaky",
    shows: "Every first call fails with 20005, and the next succeeds: 30 channels.",
    follows: 30,
    refuses: { code: 20005, when: (call) => call % 2 === 1 },
  },
  {
    id: "fault-flaky-pages",
    shows: "Every third call fails with 20005: 900 channels.",
    follows: 900,
    refuses: { code: 20005, when: (call) => call % 3 === 0 },
  },
  {
    id: "fault-half-way",
    shows: "Calls 4 to 12 of twenty fail with 20005: 1,000 channels.",
    follows: 1000,
    refuses: { code: 20005, when: (call) => call % 20 >= 4 && call % 20 <= 12 },
  },
];

const deliveries: readonly Persona[] = [
  {
    id: "fault-slow",
    shows: "Responds after three seconds, or the setting slowMs.",
    follows: 40,
    delivery: "slow",
  },
  { id: "fault-hanging", shows: "Never responds.", follows: 40, delivery: "hanging" },
  { id: "fault-reset", shows: "The connection is reset.", follows: 40, delivery: "reset" },
  {
    id: "fault-reset-midway",
    shows: "The connection breaks after half the body.",
    follows: 40,
    delivery: "reset-midway",
  },
  { id: "fault-502", shows: "HTTP 502 with HTML.", follows: 40, delivery: "bad-gateway" },
  { id: "fault-html", shows: "HTTP 200 with HTML.", follows: 40, delivery: "html" },
  {
    id: "fault-truncated",
    shows: "Half of the JSON, as a complete response.",
    follows: 40,
    delivery: "truncated",
  },
];

const pages: readonly Persona[] = [
  {
    id: "fault-shifting",
    shows: "1,000 channels, and one more at the front with every call.",
    follows: (call) => shifting("fault-shifting", 1000, call),
  },
  {
    id: "fault-short-pages",
    shows: "437 channels, at most 37 per page.",
    follows: 437,
    maxRows: 37,
  },
  {
    id: "fault-too-large",
    shows: "450 channels; more than 60 per page exceed the response size (10018).",
    follows: 450,
    largestLimit: 60,
  },
  {
    id: "fault-stuck-next",
    shows: "450 channels; Next never advances, and the list never ends.",
    follows: 450,
    pageFault: stuckNext,
  },
  {
    id: "fault-empty-page",
    shows: "400 channels with an empty page in the middle.",
    follows: () => withHole(scattered("fault-empty-page", 400), 200, 400),
  },
  {
    id: "fault-never-complete",
    shows: "250 channels, then endless empty pages.",
    follows: 250,
    pageFault: neverComplete,
  },
  {
    id: "fault-total-low",
    shows: "450 channels with a TotalCount of 350.",
    follows: 450,
    pageFault: totalOffBy(-100),
  },
  {
    id: "fault-total-high",
    shows: "450 channels with a TotalCount of 550.",
    follows: 450,
    pageFault: totalOffBy(100),
  },
];

const bodies: readonly Persona[] = [
  {
    id: "fault-big-body",
    shows: "A response of more than eight megabytes.",
    follows: 40,
    bodyFault: bigBody,
  },
  {
    id: "fault-numeric-strings",
    shows: "Numbers as strings, nulls, new fields, a count above 32 bits.",
    follows: 12,
    bodyFault: numericStrings,
  },
  {
    id: "fault-nonsense",
    shows: "Counts below zero and a row without an id.",
    follows: 10,
    bodyFault: nonsense,
  },
  {
    id: "fault-odd-values",
    shows: "Twenty channels, of which ten have a value of an undocumented form and two have no id.",
    follows: 20,
    bodyFault: oddValues,
  },
  {
    id: "fault-hostile",
    shows: "Markup, formulas, control characters and bad addresses in twelve channels.",
    follows: () => hostileList,
  },
];

/** The subscribers worth trying; the README has the same table. */
export const personas: readonly Persona[] = [
  ...ordinary,
  ...refusals,
  ...deliveries,
  ...pages,
  ...bodies,
];

function refused(id: string, code: number, shows: string): Persona {
  return { id, shows, follows: 0, refuses: { code, when: always } };
}

const named = new Map(personas.map((persona) => [persona.id, persona]));
