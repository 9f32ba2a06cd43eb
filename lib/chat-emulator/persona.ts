import type { BodyFault } from "./body-faults";
import type { Delivery } from "./delivery";
import type { PageFault } from "./page";
import { personas } from "./personas";
import { hash } from "./random";
import { withPassing } from "./special-lists";
import { type SubscriptionList, scattered } from "./subscriptions";

/** A subscriber the emulator knows, and what happens when his channels are asked for. */
export interface Persona {
  readonly id: string;
  /** What he shows, in one sentence. */
  readonly shows: string;
  /** How many channels he follows, or the list itself: calls for him are counted from 1, `now` is in Unix seconds. */
  readonly follows: number | ((call: number, now: number) => SubscriptionList);
  readonly refuses?: { readonly code: number; readonly when: (call: number) => boolean };
  /** Rows a page has at most, whatever Limit says. */
  readonly maxRows?: number;
  /** The largest Limit that is answered; above it the answer would be too large (10018). */
  readonly largestLimit?: number;
  readonly pageFault?: PageFault;
  readonly bodyFault?: BodyFault;
  readonly delivery?: Delivery;
}

/** The person with an id, or null when nobody imported such an account. */
export function findPersona(id: string): Persona | null {
  return named.get(id) ?? ordinaryPerson(id) ?? refusingPerson(id);
}

/** What a person follows at his nth call, at a time in Unix seconds. */
export function listOf({ id, follows }: Persona, call: number, now: number): SubscriptionList {
  return typeof follows === "number" ? scattered(id, follows) : follows(call, now);
}

const named = new Map(personas.map((persona) => [persona.id, persona]));

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
