import type { Filter } from "@/lib/subscriptions/filter";
import { foldedText } from "@/lib/subscriptions/folded-text";
import type { ValueCount } from "@/lib/subscriptions/values";

/**
 * What can be chosen: the values a filter has chosen, also those that only its link knows; then
 * "not given", and the others from the most frequent on.
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

/** The values a filter asks for. */
export function chosenBy(filter: Filter | undefined): readonly (string | null)[] {
  return filter?.op === "oneOf" ? filter.values : [];
}

/** The choices whose words contain a text, without regard to case and width. */
export function narrowChoices(
  choices: readonly ValueCount[],
  text: string,
  nameOf: (value: string | null) => string,
): readonly ValueCount[] {
  const wanted = foldedText(text.trim());
  return wanted === ""
    ? choices
    : choices.filter(({ value }) => foldedText(nameOf(value)).includes(wanted));
}

function compare(a: string | null, b: string | null): number {
  return (a ?? "") < (b ?? "") ? -1 : 1;
}
