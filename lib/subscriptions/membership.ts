import type { Subscription } from "@/lib/chat-api/types";
import type { CollectedState } from "./collected";
import { foldedText } from "./folded-text";

/** Whether a subscriber follows a channel. */
export type MembershipAnswer =
  /** Several, when they share a name. */
  | { readonly answer: "yes"; readonly matches: readonly [Subscription, ...Subscription[]] }
  /** All that he follows were read, and it is not among them. */
  | { readonly answer: "no"; readonly read: number }
  | {
      readonly answer: "unknown";
      readonly why: Exclude<CollectedState, "complete">;
      readonly read: number;
      /** The vendor's latest count. */
      readonly total: number;
    };

type Reading = {
  readonly matches: readonly Subscription[];
  readonly read: number;
  readonly total: number;
  readonly outcome: CollectedState;
};

/** One match is a yes at once; without one it is a no only when every channel is in hand. */
export function membershipAnswer({ matches, read, total, outcome }: Reading): MembershipAnswer {
  const [first, ...others] = matches;
  if (first) return { answer: "yes", matches: [first, ...others] };
  if (outcome === "complete") return { answer: "no", read };
  return { answer: "unknown", why: outcome, read, total };
}

/**
 * The channel with this id, exactly; else all of this name, whatever its case, width and outer blanks.
 * Names must have been asked for: a row without one is found by its id alone.
 */
export function findChannels(rows: readonly Subscription[], wanted: string): Subscription[] {
  const id = wanted.trim();
  const named = rows.filter(({ channelId }) => channelId === wanted || channelId === id);
  if (named.length > 0 || id === "") return named;
  const name = foldedText(id).trim();
  return rows.filter((row) => row.name != null && foldedText(row.name).trim() === name);
}
