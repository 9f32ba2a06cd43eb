import { setImmediate } from "node:timers/promises";

/** Numbers that are sorted in one go; between two goes, and two looks at more of them, others have their turn. */
const AT_ONCE = 8192;

/**
 * What would be at the places from `offset` on, at most `limit` of them, if the numbers from 0 up to
 * `length` were sorted. The others are not sorted, which takes a fraction of the time.
 *
 * @param order total: no two numbers are equal
 */
export async function selectRange(
  length: number,
  order: (a: number, b: number) => number,
  offset: number,
  limit: number,
): Promise<number[]> {
  const numbers = Uint32Array.from({ length }, (_, index) => index);
  const end = Math.min(length, offset + limit);
  const selected: number[] = [];
  if (offset >= end) return selected;
  await partition(numbers, order, 0, offset);
  for (let from = offset; from < end; from += AT_ONCE) {
    const to = Math.min(end, from + AT_ONCE);
    await partition(numbers, order, from, to);
    for (const number of numbers.subarray(from, to).sort(order)) selected.push(number);
  }
  return selected;
}

/** Moves what belongs before a place in front of it, among all from `from` on. */
async function partition(
  numbers: Uint32Array,
  order: (a: number, b: number) => number,
  from: number,
  place: number,
): Promise<void> {
  let [low, high] = [from, numbers.length - 1];
  while (low < high && place <= high) {
    if (high - low > AT_ONCE) await setImmediate();
    const pivot = numbers[(low + high) >>> 1] ?? 0;
    let [left, right] = [low, high];
    while (left <= right) {
      while (order(numbers[left] ?? 0, pivot) < 0) left += 1;
      while (order(numbers[right] ?? 0, pivot) > 0) right -= 1;
      if (left > right) break;
      [numbers[left], numbers[right]] = [numbers[right] ?? 0, numbers[left] ?? 0];
      left += 1;
      right -= 1;
    }
    if (place <= right) high = right;
    else if (place >= left) low = left;
    else return;
  }
}
