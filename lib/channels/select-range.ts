/**
 * What would be at the places from `offset` on, at most `limit` of them, if the numbers from 0 up to
 * `length` were sorted. The others are not sorted, which takes a fraction of the time.
 *
 * @param order total: no two numbers are equal
 */
export function selectRange(
  length: number,
  order: (a: number, b: number) => number,
  offset: number,
  limit: number,
): number[] {
  const numbers = Uint32Array.from({ length }, (_, index) => index);
  const end = Math.min(length, offset + limit);
  if (offset >= end) return [];
  partition(numbers, order, 0, length, offset);
  partition(numbers, order, offset, length, end);
  return [...numbers.subarray(offset, end).sort(order)];
}

/** Moves what belongs before a place in front of it, between `from` and `to`. */
function partition(
  numbers: Uint32Array,
  order: (a: number, b: number) => number,
  from: number,
  to: number,
  place: number,
): void {
  let [low, high] = [from, to - 1];
  while (low < high && place <= high) {
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
