import type { createFormatter, createTranslator, Messages } from "next-intl";
import { Fragment } from "react";
import type { Filter, FilterKind } from "@/lib/subscriptions/filter";
import { visibleText } from "@/lib/visible-text";
import type { FilterColumn } from "./filter-column";

type Translate = ReturnType<typeof createTranslator<Messages, "filters">>;
type Format = Pick<ReturnType<typeof createFormatter>, "dateTime" | "list" | "number">;

/** Longest list of values in words. A longer one ends with the number of the others. */
const NAMED = 4;

/** Returns a filter as a phrase, such as "Owner: 107867, ann, or not given". Vendor text is isolated. */
export function filterInWords(
  filter: Filter,
  column: FilterColumn,
  t: Translate,
  format: Format,
): string {
  const { label } = column;
  switch (filter.op) {
    case "contains":
    case "is":
      return t(`words.${filter.op}`, { label, text: isolated(filter.text) });
    case "empty":
      return t(`words.${emptiness(column)}`, { label });
    case "oneOf": {
      const values = valuesInWords(filter.values, column, t);
      return t("words.oneOf", { label, values: format.list(values, { type: "disjunction" }) });
    }
    case "between":
      return rangeInWords(filter, column, t, format);
    case "before":
    case "after":
      return t(`words.${filter.op}`, { label, at: format.dateTime(filter.at, "exact") });
    case "withinDays":
      return t("words.withinDays", { label, days: filter.days });
    case "notWithinDays":
      return t(`words.${silence(column)}`, { label, days: filter.days });
  }
}

/** Returns the search as a phrase. */
export function searchInWords(search: string, t: Translate): string {
  return t("words.search", { text: isolated(search) });
}

/**
 * Returns a sort as a phrase, such as "Sorted by Subscribers, largest first".
 *
 * @param pending whether the rows are not in this order yet
 */
export function sortInWords(
  { label, kind }: FilterColumn,
  descending: boolean,
  t: Translate,
  pending = false,
): string {
  const order = kind === "choice" ? "text" : kind === "text" || kind === "time" ? kind : "count";
  return t(pending ? "sorted.pending" : "sorted.words", {
    label,
    direction: t(`sorted.${order}${descending ? "Descending" : ""}`),
  });
}

/** Returns the meaning of an absent value: a text is empty, a message was never sent. */
export function emptiness({ kind, never }: FilterColumn): "empty" | "never" | "notGiven" {
  if (kind !== "time") return "empty";
  return never ? "never" : "notGiven";
}

/** Returns the meaning of "not in the last days": without a message, or also without a value. */
export function silence({ never }: FilterColumn): "silentDays" | "notWithinDays" {
  return never ? "silentDays" : "notWithinDays";
}

function valuesInWords(
  values: readonly (string | null)[],
  { names }: FilterColumn,
  t: Translate,
): string[] {
  const named = values.length > NAMED ? values.slice(0, NAMED - 1) : values;
  const words = named.map((value) =>
    value === null ? t("words.nothing") : (names?.get(value) ?? isolated(value)),
  );
  const rest = values.length - named.length;
  return rest > 0 ? [...words, t("words.more", { count: rest })] : words;
}

function rangeInWords(
  { min, max }: Extract<Filter, { op: "between" }>,
  { label, kind }: FilterColumn,
  t: Translate,
  format: Format,
): string {
  const written = (end: number) => writtenNumber(end, kind, format);
  if (max === null) return t("words.atLeast", { label, min: written(min ?? 0) });
  if (min === null) return t("words.atMost", { label, max: written(max) });
  if (min === max) return t("words.exactly", { label, min: written(min) });
  return t("words.range", { label, min: written(min), max: written(max) });
}

/** Returns a number as a filter of this kind shows it. */
export function writtenNumber(value: number, kind: FilterKind, format: Format): string {
  if (kind === "count") return format.number(value);
  const text = format.number(value, { signDisplay: "exceptZero", maximumFractionDigits: 4 });
  return text.replace("-", "\u2212") + (kind === "percent" ? "%" : "");
}

const FIRST_STRONG_ISOLATE = "\u2068";
const POP_ISOLATE = "\u2069";

/** Returns vendor text between marks. `visibleText` replaces such marks in it, so it cannot end its isolation. */
export function isolated(text: string): string {
  return FIRST_STRONG_ISOLATE + visibleText(text) + POP_ISOLATE;
}

/** Splits a phrase. Pieces at odd indexes are vendor text. */
export function splitIsolated(phrase: string): string[] {
  return phrase.split(/[\u2068\u2069]/u);
}

/** Renders a phrase with each piece of vendor text in its own direction. */
export function Phrase({ words }: { words: string }) {
  return splitIsolated(words).map((piece, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other key
    index % 2 === 1 ? <bdi key={index}>{piece}</bdi> : <Fragment key={index}>{piece}</Fragment>,
  );
}
