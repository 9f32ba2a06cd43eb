import type { Filter } from "@/lib/subscriptions/filter";
import { foldedText } from "@/lib/subscriptions/folded-text";
import type { ValueCount } from "@/lib/subscriptions/values";

/**
 * Returns the options: first the values of the filter, even if no row has them, then "not given", then
 * the others with the most frequent first.
 */
export function choicesOf(
  values: readonly ValueCount[],
  filter: Filter | undefined,
): readonly ValueCount[] {
  const chosen = new Set(chosenBy(filter));
  const absent = new Set(chosen);
  for (const { value } of values) absent.delete(value);
  const rank = ({ value }: ValueCount) => (chosen.has(value) ? 0 : value === null ? 1 : 2);
  return [...values, ...[...absent].map((value) => ({ value, count: 0 }))].sort(
    (a, b) => rank(a) - rank(b) || b.count - a.count || compare(a.value, b.value),
  );
}

/** Returns the values of a filter. */
export function chosenBy(filter: Filter | undefined): readonly (string | null)[] {
  return filter?.op === "oneOf" ? filter.values : [];
}

/** Returns the options whose label contains a text. Case and character width are ignored. */
export function narrowChoices(
  choices: readonly ValueCount[],
  text: string,
  nameOf: (value: string | null) => string,
): readonly ValueCount[] {
  const folded = foldedText(text.trim());
  return folded === ""
    ? choices
    : choices.filter(({ value }) => foldedText(nameOf(value)).includes(folded));
}

function compare(a: string | null, b: string | null): number {
  return (a ?? "") < (b ?? "") ? -1 : 1;
}
