import type { Failure } from "@/lib/failure";
import type { BulkEvent } from "./bulk-lookup";

/** Whether a subscriber follows the channel that a bulk lookup asks about. */
export type BulkMembership =
  /** Milliseconds since 1970; null if the API did not say or the role may not see it. */
  | { readonly answer: "yes"; readonly since: number | null }
  | { readonly answer: "no" }
  /** The list was not read to its end, so it gives no "no". */
  | {
      readonly answer: "unknown";
      readonly read: number;
      readonly total: number;
      /** Why, if a call failed. */
      readonly failure: Failure | null;
    };

/** What a bulk lookup says about one subscriber. */
export type BulkAnswer =
  | {
      readonly outcome: "found";
      /** The API's count. */
      readonly channels: number;
      /** Null if no channel was asked about. */
      readonly follows: BulkMembership | null;
    }
  /** The app has no such user. */
  | { readonly outcome: "unknown" }
  | { readonly outcome: "failed"; readonly failure: Failure };

/** Messages to the browser during a bulk lookup, one JSON line each. */
export type BulkLine = BulkEvent<BulkAnswer>;

export const BULK_FILTERS = ["all", "found", "unknown", "failed", "yes", "no"] as const;

export type BulkFilter = (typeof BULK_FILTERS)[number];

/** Returns whether a filter shows an answer. `failed` has everything that another try may answer. */
export function matchesFilter(answer: BulkAnswer, filter: BulkFilter): boolean {
  const follows = answer.outcome === "found" ? (answer.follows?.answer ?? null) : null;
  switch (filter) {
    case "all":
      return true;
    case "failed":
      return answer.outcome === "failed" || follows === "unknown";
    case "yes":
    case "no":
      return follows === filter;
    default:
      return answer.outcome === filter;
  }
}
