import type { createTranslator, Messages } from "next-intl";
import type { Sheet, SheetRow } from "@/lib/export/sheet";
import type { Failure } from "@/lib/failure";
import type { BulkEvent } from "./bulk-lookup";

/** Whether a subscriber follows the channel that a bulk lookup asks about. */
type BulkMembership =
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

type Found = Extract<BulkAnswer, { outcome: "found" }>;

/** One answer in short, so that the answers of a whole run fit into one request for a file. */
export type BulkRecord = readonly [
  subscriberId: string,
  outcome: BulkAnswer["outcome"],
  channels: number | null,
  follows: NonNullable<Found["follows"]>["answer"] | null,
  /** Milliseconds since 1970. */
  since: number | null,
  /** The API's code, or the kind of failure. */
  code: string | null,
];

/** Returns an answer in short. */
export function bulkRecord(subscriberId: string, answer: BulkAnswer): BulkRecord {
  const { channels = null, follows = null } = answer.outcome === "found" ? answer : {};
  const since = follows?.answer === "yes" ? follows.since : null;
  const failure = failureOf(answer);
  const code = failure && String(failure.vendor?.code ?? failure.vendor?.kind ?? failure.code);
  return [subscriberId, answer.outcome, channels, follows?.answer ?? null, since, code];
}

/** Returns why an answer, or a part of it, is missing; null if no call failed. */
export function failureOf(answer: BulkAnswer) {
  if (answer.outcome === "failed") return answer.failure;
  if (answer.outcome !== "found" || answer.follows?.answer !== "unknown") return null;
  return answer.follows.failure;
}

type Column = "subscriberId" | "result" | "channels" | "follows" | "since" | "code" | "meaning";

type Translate = ReturnType<typeof createTranslator<Messages, "bulk">>;

/** Returns the columns of a file or of the clipboard. A column that no row has a value for is left out. */
export function bulkSheet(t: Translate, records: readonly BulkRecord[]): Sheet<Column> {
  const has = (index: 3 | 4 | 5) => records.some((record) => record[index] !== null);
  const columns = [
    ["subscriberId", "id", true],
    ["result", "text", true],
    ["channels", "count", true],
    ["follows", "text", has(3)],
    ["since", "time", has(4)],
    ["code", "id", has(5)],
    ["meaning", "text", has(5)],
  ] as const;
  return {
    name: "subscribers",
    columns: columns.flatMap(([id, kind, isShown]) =>
      isShown ? [{ id, label: t(`columns.${id}`), kind }] : [],
    ),
  };
}

/** Returns the row of a file or of the clipboard. */
export function bulkSheetRow(
  [subscriberId, outcome, channels, follows, since, code]: BulkRecord,
  t: Translate,
  /** What the code means, a sentence. */
  meaning: string | null,
): SheetRow<Column> {
  return {
    ...{ subscriberId, channels, code, meaning },
    result: t(`outcomes.${outcome}`),
    follows: follows && t(`membership.${follows}`),
    since: since === null ? null : new Date(since),
  };
}
