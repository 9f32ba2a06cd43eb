import { FIELDS, type Field, type Subscription, type SubscriptionPage } from "@/lib/chat-api/types";
import type { Collected, CollectedState } from "@/lib/subscriptions/collected";
import type { Lookup } from "../actions";

/** `page` one page of a longer list; else how far the whole of it is. */
export type ListState = "page" | CollectedState;

/** What is in hand of one subscriber's list, whichever way it came. */
export type ListAnswer = {
  readonly state: ListState;
  /** In the list's order. */
  readonly rows: readonly Subscription[];
  /** Index of the first row in the list. */
  readonly offset: number;
  /** The vendor's count. */
  readonly total: number;
  /** Rows left out, because they do not say which channel they are. */
  readonly unreadableRows: number;
  readonly known: boolean;
  readonly readFrom: Date | null;
  readonly readTo: Date | null;
  /** Milliseconds that the vendor took, for a single call. */
  readonly duration: number | null;
};

/** A first page that is complete is the whole list. */
export function fromLookup(lookup: Lookup): ListAnswer {
  const { subscriptions, nextOffset, readAt, ...answer } = lookup;
  const { offset, total, unreadableRows } = answer;
  const different = new Set(subscriptions.map(({ channelId }) => channelId)).size;
  const isOnce = different === total && subscriptions.length === total;
  const isWhole = offset === 0 && nextOffset === null && isOnce && unreadableRows === 0;
  return {
    ...answer,
    state: isWhole ? "complete" : "page",
    rows: subscriptions,
    readFrom: readAt,
    readTo: readAt,
  };
}

/** @param isReading whether the reading is still under way: one that was left stays as it was */
export function fromCollected(collected: Collected, isReading: boolean): ListAnswer {
  const { state, subscriptions: rows, progress, known, readFrom, readTo } = collected;
  const { total, unreadableRows } = progress;
  return {
    state: state === "reading" && !isReading ? "stopped" : state,
    ...{ rows, offset: 0, total, unreadableRows, known, readFrom, readTo, duration: null },
  };
}

/** The rows without what is masked again since they were read. */
export function withheld(
  rows: readonly Subscription[],
  masked: readonly Field[],
): readonly Subscription[] {
  const tells = (row: Subscription) =>
    masked.some((field) => row[field] !== undefined || row.unreadable?.includes(field));
  if (masked.length === 0 || !rows.some(tells)) return rows;
  const kept = FIELDS.filter((field) => !masked.includes(field));
  return rows.map((row) => withFields(row, kept));
}

/** A row with these fields alone, as if no others had been asked for. */
export function withFields(row: Subscription, fields: readonly Field[]): Subscription {
  const kept = fields.flatMap((field) => (field in row ? [[field, row[field]] as const] : []));
  const unreadable = row.unreadable?.filter((field) => fields.includes(field)) ?? [];
  return {
    channelId: row.channelId,
    ...Object.fromEntries(kept),
    ...(unreadable.length > 0 && { unreadable }),
  };
}

/** How many rows the vendor gave, with those that could not be read. */
export function rowCountOf({
  subscriptions,
  unreadableRows,
}: Pick<SubscriptionPage, "subscriptions" | "unreadableRows">): number {
  return subscriptions.length + unreadableRows;
}

/** How many values of these rows came in a form that cannot be read. */
export function unreadableValues(rows: readonly Subscription[]): number {
  return rows.reduce((sum, { unreadable }) => sum + (unreadable?.length ?? 0), 0);
}

/** The rows of an earlier question, of which nothing can be concluded for the present one. */
export function outdated(answer: ListAnswer, isReading: boolean): ListAnswer {
  if (!isReadToEnd(answer)) return answer;
  return { ...answer, state: isReading ? "reading" : "stopped" };
}

/** One page of what has been collected. */
export function pageOf(
  collected: ListAnswer,
  { offset, size }: { readonly offset: number; readonly size: number },
): ListAnswer {
  const rows = collected.rows.slice(offset, offset + size);
  return { ...collected, state: "page", rows, offset };
}

/** Whether the list was read to its end, so that its rows can be put in order. */
export function isReadToEnd({ state }: Pick<ListAnswer, "state">): boolean {
  return state === "complete" || state === "changed";
}
