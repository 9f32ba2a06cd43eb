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
  /** A number of channels, or the list. Calls count from 1, `now` is in Unix seconds. */
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
  return persona(id, "An ordinary person.", (_, now) => withPassing(id, number, length, now));
}

function refusingPerson(id: string): Persona | null {
  const code = /^error-([1-9]\d{0,5})$/.exec(id)?.[1];
  return code === undefined ? null : refused(id, Number(code), "A refusal.");
}

type Behaviour = Omit<Persona, "id" | "shows" | "follows">;

const persona = (
  id: string,
  shows: string,
  follows: Persona["follows"],
  behaviour: Behaviour = {},
): Persona => ({ id, shows, follows, ...behaviour });

const refused = (id: string, code: number, shows: string) =>
  persona(id, shows, 0, { refuses: { code, when: () => true } });

/** Answers calls with 20005 when this holds. */
const failsWhen = (when: (call: number) => boolean): Behaviour => ({
  refuses: { code: 20005, when },
});

/** The subscribers worth trying; the README has the same table. */
export const personas: readonly Persona[] = [
  persona(
    "107867",
    "Eight channels; the first is the sample of the vendor's page.",
    () => sampleList,
  ),
  persona("user-1", "A typical user, as are user-2 to user-200.", 42),
  persona("follows-0", "A user without subscriptions.", 0),
  persona("follows-1", "One channel.", 1),
  persona("follows-199", "One short of a full page.", 199),
  persona("follows-200", "Exactly one full page.", 200),
  persona("follows-201", "One more than a full page.", 201),
  persona("follows-4999", "4,999 channels: just below 25 full pages.", 4999),
  persona("follows-5001", "5,001 channels: just above 25 full pages.", 5001),
  persona("follows-10000", "10,000 channels: 50 full pages.", 10_000),

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
  persona(
    "fault-flaky",
    "Every first call fails with 20005, and the next succeeds: 30 channels.",
    30,
    failsWhen((call) => call % 2 === 1),
  ),
  persona(
    "fault-flaky-pages",
    "Every third call fails with 20005: 900 channels.",
    900,
    failsWhen((call) => call % 3 === 0),
  ),
  persona(
    "fault-half-way",
    "Calls 4 to 12 of twenty fail with 20005: 1,000 channels.",
    1000,
    failsWhen((call) => call % 20 >= 4 && call % 20 <= 12),
  ),

  persona("fault-slow", "Responds after three seconds, or the setting slowMs.", 40, {
    delivery: "slow",
  }),
  persona("fault-hanging", "Never responds.", 40, { delivery: "hanging" }),
  persona("fault-reset", "The connection is reset.", 40, { delivery: "reset" }),
  persona("fault-reset-midway", "The connection breaks after half the body.", 40, {
    delivery: "reset-midway",
  }),
  persona("fault-502", "HTTP 502 with HTML.", 40, { delivery: "bad-gateway" }),
  persona("fault-html", "HTTP 200 with HTML.", 40, { delivery: "html" }),
  persona("fault-truncated", "Half of the JSON, as a complete response.", 40, {
    delivery: "truncated",
  }),

  persona("fault-shifting", "1,000 channels, and one more at the front with every call.", (call) =>
    shifting("fault-shifting", 1000, call),
  ),
  persona("fault-short-pages", "437 channels, at most 37 per page.", 437, { maxRows: 37 }),
  persona(
    "fault-too-large",
    "450 channels; more than 60 per page exceed the response size (10018).",
    450,
    { largestLimit: 60 },
  ),
  persona("fault-stuck-next", "450 channels; Next never advances, and the list never ends.", 450, {
    pageFault: stuckNext,
  }),
  persona("fault-empty-page", "400 channels with an empty page in the middle.", () =>
    withHole(scattered("fault-empty-page", 400), 200, 400),
  ),
  persona("fault-never-complete", "250 channels, then endless empty pages.", 250, {
    pageFault: neverComplete,
  }),
  persona("fault-total-low", "450 channels with a TotalCount of 350.", 450, {
    pageFault: totalOffBy(-100),
  }),
  persona("fault-total-high", "450 channels with a TotalCount of 550.", 450, {
    pageFault: totalOffBy(100),
  }),

  persona("fault-big-body", "A response of more than eight megabytes.", 40, { bodyFault: bigBody }),
  persona(
    "fault-numeric-strings",
    "Numbers as strings, nulls, new fields, a count above 32 bits.",
    12,
    { bodyFault: numericStrings },
  ),
  persona("fault-nonsense", "Counts below zero and a row without an id.", 10, {
    bodyFault: nonsense,
  }),
  persona(
    "fault-odd-values",
    "Twenty channels, of which ten have a value of an undocumented form and two have no id.",
    20,
    { bodyFault: oddValues },
  ),
  persona(
    "fault-hostile",
    "Markup, formulas, control characters and bad addresses in twelve channels.",
    () => hostileList,
  ),
];

const named = new Map(personas.map((persona) => [persona.id, persona]));
