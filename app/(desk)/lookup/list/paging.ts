/** Where a page stands in a list whose pages may be shorter than asked. Rows count from 1. */
type Position = {
  readonly from: number;
  readonly to: number;
  readonly total: number;
  readonly page: number;
  readonly pageCount: number;
};

/** One page that was read. */
export type ReadPage = {
  readonly offset: number;
  readonly rowCount: number;
  readonly total: number;
  readonly nextOffset: number | null;
};

/**
 * The rows the vendor really gives a page: a server may give fewer than `size`. It shows on every page
 * but the last, so any page of the same list that was read can tell.
 */
export function pageStep(size: number, pages: readonly ReadPage[]): number {
  const steps = pages.flatMap(({ offset, nextOffset }) =>
    nextOffset !== null && nextOffset - offset < size ? [nextOffset - offset] : [],
  );
  return Math.min(size, ...steps);
}

export function position(current: ReadPage, step: number): Position {
  const { offset, rowCount, total } = current;
  const page = Math.floor(offset / step) + 1;
  return {
    from: rowCount === 0 ? 0 : offset + 1,
    to: rowCount === 0 ? 0 : offset + rowCount,
    total,
    page,
    pageCount: Math.max(page, Math.ceil(total / step)),
  };
}

/** The page from which `Next` led here, if it was read; else one step back. Null on the first page. */
export function previousOffset(
  current: ReadPage,
  step: number,
  pages: readonly ReadPage[],
): number | null {
  if (current.offset === 0) return null;
  const before = pages.find(({ nextOffset }) => nextOffset === current.offset);
  return before?.offset ?? Math.max(0, current.offset - step);
}

/** The offset of a page by its number, from 1. */
export function offsetOfPage(page: number, step: number): number {
  return (page - 1) * step;
}

/**
 * Why a list should not be taken as it stands: `changed` its count moved between pages that were read,
 * `empty` a page without rows before the end, `count` rows beyond the count, or an end before it.
 */
type ListDoubt = "changed" | "empty" | "count";

export function listDoubt(current: ReadPage, pages: readonly ReadPage[]): ListDoubt | null {
  const { offset, rowCount, total, nextOffset } = current;
  if (pages.some((page) => page.total !== total)) return "changed";
  if (nextOffset !== null && rowCount === 0) return "empty";
  const end = offset + rowCount;
  return end > total || (nextOffset === null && end < total) ? "count" : null;
}
