import type { Subscription } from "@/lib/chat-api/types";
import { type ColumnId, type ColumnSort, FILTER_KINDS } from "./filter";

/** The rank of each row by the distinct values of a column, from 0. Equal values share a rank. */
type Ranks = {
  /** `nothing` if a value is empty or was not requested. */
  readonly places: Uint32Array;
  /** The rank behind all others. */
  readonly nothing: number;
};

/** Columns in natural language. Every other text is an ID, a URL or made by a program. */
const WORDS: readonly ColumnId[] = ["name", "introduction", "organization"];

const known = new WeakMap<readonly Subscription[], Map<string, Ranks>>();

/** Ranks rows by a column, once for these rows, which must not change afterwards. */
export function ranksOf(rows: readonly Subscription[], column: ColumnId, locale: string): Ranks {
  const ofRows = known.get(rows) ?? new Map<string, Ranks>();
  known.set(rows, ofRows);
  const key = `${column} ${locale}`;
  const ranks = ofRows.get(key) ?? rank(rows, column, locale);
  ofRows.set(key, ranks);
  return ranks;
}

function rank(rows: readonly Subscription[], column: ColumnId, locale: string): Ranks {
  const kind = FILTER_KINDS[column];
  if (kind === "count" || kind === "time") {
    const numbers = rows.map((row) => (row[column] == null ? null : Number(row[column])));
    return placed(numbers, different(numbers).sort(numberOrder), numberOrder);
  }
  const texts = rows.map((row) => (row[column] == null ? null : String(row[column])));
  if (WORDS.includes(column)) {
    const order = wordOrder(locale);
    // Comparing in a language is slow, but its order is close to code units: a sorted start needs
    // fewer comparisons.
    return placed(texts, different(texts).sort().sort(order), order);
  }
  const keys = texts.map((text) => text && codeKey(text));
  return placed(keys, different(keys).sort(), codeUnitOrder);
}

function different<Value>(values: readonly (Value | null)[]): Value[] {
  return [...new Set(values)].filter((value) => value !== null);
}

/** @param sorted the distinct values, in this order */
function placed<Value>(
  values: readonly (Value | null)[],
  sorted: readonly Value[],
  order: (a: Value, b: Value) => number,
): Ranks {
  const placeOf = new Map<Value | null, number>();
  let nothing = 0;
  let previous: Value | null = null;
  for (const value of sorted) {
    if (previous === null || order(previous, value) !== 0) nothing += 1;
    placeOf.set(value, nothing - 1);
    previous = value;
  }
  return { places: Uint32Array.from(values, (value) => placeOf.get(value) ?? nothing), nothing };
}

/**
 * The rows in another order: the first sort decides, the next breaks its ties, and what remains equal
 * stays in the list's order. What is not given comes last, ascending and descending.
 *
 * Names, introductions and organizations follow the order of the language. Ids, addresses and custom
 * data are the same in every language: by code unit, digits by value.
 */
export function sortSubscriptions(
  rows: readonly Subscription[],
  sorts: readonly ColumnSort<ColumnId>[],
  locale: string,
): Subscription[] {
  let order = rows.map((_, index) => index);
  // The last sort runs first, because each sort is stable.
  for (const { column, descending } of sorts.toReversed()) {
    order = reordered(order, ranksOf(rows, column, locale), descending);
  }
  const sorted: Subscription[] = [];
  for (const index of order) {
    const row = rows[index];
    if (row) sorted.push(row);
  }
  return sorted;
}

/** Packs rank and position into one number, which the engine sorts without callbacks. */
function reordered(order: readonly number[], { places, nothing }: Ranks, descending: boolean) {
  const keys = new Float64Array(order.length);
  // An indexed loop: on the first click this runs before it is compiled.
  for (let position = 0; position < order.length; position += 1) {
    const place = places[order[position] ?? 0] ?? nothing;
    const target = descending && place < nothing ? nothing - 1 - place : place;
    keys[position] = target * order.length + position;
  }
  return Array.from(keys.sort(), (key) => order[key % order.length] ?? 0);
}

const collators = new Map<string, Intl.Collator>();

/** Compares words in a language. Digits compare by value, case and width only between equals. */
function wordOrder(locale: string): (a: string, b: string) => number {
  const collator = collators.get(locale) ?? new Intl.Collator(locale, { numeric: true });
  collators.set(locale, collator);
  return collator.compare;
}

/**
 * What to compare instead of an id, so that `user-9` comes before `user-10` and 19 digits before 20,
 * exactly and in every language alike: unit by unit, a run of digits by its value, then by its zeros.
 */
function codeKey(text: string): string {
  return text.replace(/\d+/g, (run) => {
    const digits = run.replace(/^0+/, "");
    const zeros = run.length - digits.length;
    return `0${String.fromCharCode(digits.length)}${digits}${String.fromCharCode(zeros)}`;
  });
}

function codeUnitOrder(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function numberOrder(a: number, b: number): number {
  return a - b;
}
