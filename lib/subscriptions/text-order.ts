const collators = new Map<string, Intl.Collator>();

/** The order of words in a language. Digits count by value; case and width only between equals. */
export function wordOrder(locale: string): (a: string, b: string) => number {
  const collator = collators.get(locale) ?? new Intl.Collator(locale, { numeric: true });
  collators.set(locale, collator);
  return collator.compare;
}

/**
 * What to compare instead of an id, so that `user-9` comes before `user-10` and 19 digits before 20,
 * exactly and in every language alike: unit by unit, a run of digits by its value, then by its zeros.
 */
export function codeKey(text: string): string {
  return text.replace(/\d+/g, (run) => {
    const digits = run.replace(/^0+/, "");
    const zeros = run.length - digits.length;
    return `0${String.fromCharCode(digits.length)}${digits}${String.fromCharCode(zeros)}`;
  });
}

export function codeUnitOrder(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

export function numberOrder(a: number, b: number): number {
  return a - b;
}
