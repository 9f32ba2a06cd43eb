"use client";

import { Pagination } from "@/components/data-table/pagination";

type OffsetPagesProps = {
  offset: number;
  size: number;
  sizes: readonly number[];
  count: number;
  total: number;
  onPage: (offset: number, size: number) => void;
};

/** The pagination of a list whose every offset can be read. */
export function OffsetPages({ offset, size, sizes, count, total, onPage }: OffsetPagesProps) {
  const page = Math.floor(offset / size) + 1;
  const pageCount = Math.max(page, Math.ceil(total / size));
  const to = (target: number) =>
    target === offset || target < 0 || target >= total ? null : target;
  return (
    <Pagination
      from={count === 0 ? 0 : offset + 1}
      to={offset + count}
      {...{ total, page, pageCount, size, sizes }}
      offsets={{
        first: to(0),
        previous: offset === 0 ? null : to(Math.max(0, offset - size)),
        next: to(offset + size),
        last: to((pageCount - 1) * size),
      }}
      onGo={(target) => onPage(target, size)}
      onPage={(chosen) => onPage((chosen - 1) * size, size)}
      onSize={(chosen) => onPage(offset - (offset % chosen), chosen)}
    />
  );
}
