import { createParser } from "nuqs/server";

const WHOLE_NUMBER = /^\d{1,9}$/;

/** Index of the first row of a page, from 0. */
export const parseAsOffset = createParser<number>({
  parse: (text) => (WHOLE_NUMBER.test(text) ? Number(text) : null),
  serialize: String,
});

/**
 * Rows a page. A size that is not offered becomes the next larger one that is, or the largest.
 *
 * @param sizes from the smallest to the largest
 */
export function parseAsSize(sizes: readonly [number, ...number[]]) {
  return createParser<number>({
    parse: (text) =>
      WHOLE_NUMBER.test(text)
        ? (sizes.find((size) => size >= Number(text)) ?? Math.max(...sizes))
        : null,
    serialize: String,
  });
}
