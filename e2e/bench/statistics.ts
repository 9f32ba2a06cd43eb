/** The value that `share` of all values do not exceed; `share` in (0, 1]. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The most moments that any window of this length holds; its end counts to the next one. */
export function mostInWindow(ascending: readonly number[], length: number): number {
  let most = 0;
  let start = 0;
  for (const [index, at] of ascending.entries()) {
    while ((ascending[start] ?? at) <= at - length) start += 1;
    most = Math.max(most, index + 1 - start);
  }
  return most;
}
