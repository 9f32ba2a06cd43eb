"use client";

import { Pagination } from "@/components/data-table/pagination";
import type { Lookup, LookupInput } from "./actions";
import { rowCountOf } from "./list-answer";
import { offsetOfPage, pageStep, position, previousOffset, type ReadPage } from "./paging";
import { type SetLookupParams, SIZES } from "./search-params";

type LookupPaginationProps = {
  input: LookupInput;
  lookup: Lookup;
  /** The pages of this list that were read so far. */
  pages: readonly ReadPage[];
  stale: boolean;
  setParams: SetLookupParams;
};

/** The ways to the other pages: onwards as the vendor's `Next` says, back as one came. */
export function LookupPagination(props: LookupPaginationProps) {
  const { input, lookup, pages, stale, setParams } = props;
  const { offset, total, nextOffset } = lookup;
  const current = { offset, rowCount: rowCountOf(lookup), total, nextOffset };
  const step = pageStep(input.size, [...pages, current]);
  const place = position(current, step);

  // Where the next page begins is known only when this one has come.
  const to = (target: number | null) =>
    stale || target === null || target === offset ? null : () => void setParams({ offset: target });
  return (
    <Pagination
      {...place}
      size={input.size}
      sizes={SIZES}
      go={{
        first: to(0),
        previous: to(previousOffset(current, step, pages)),
        next: to(nextOffset),
        last: to(nextOffset === null ? null : offsetOfPage(place.pageCount, step)),
      }}
      onPage={(page) => void setParams({ offset: offsetOfPage(page, step) })}
      onSize={(size) => void setParams({ size, offset: offset - (offset % size) })}
    />
  );
}
