"use client";

import { Pagination } from "@/components/data-table/pagination";
import { type SetDirectoryParams, SIZES } from "./search-params";

type DirectoryPagesProps = {
  offset: number;
  size: number;
  setParams: SetDirectoryParams;
  /** Rows or groups on this page, and on all. */
  count: number;
  total: number;
};

/** Where a page stands, and the ways to the others. */
export function DirectoryPages({ offset, size, setParams, count, total }: DirectoryPagesProps) {
  const page = Math.floor(offset / size) + 1;
  const pageCount = Math.max(page, Math.ceil(total / size));
  const to = (target: number) =>
    target === offset || target < 0 || target >= total
      ? null
      : () => void setParams({ offset: target });
  return (
    <Pagination
      from={count === 0 ? 0 : offset + 1}
      to={offset + count}
      {...{ total, page, pageCount, size }}
      sizes={SIZES}
      go={{
        first: to(0),
        previous: offset === 0 ? null : to(Math.max(0, offset - size)),
        next: to(offset + size),
        last: to((pageCount - 1) * size),
      }}
      onPage={(wanted) => void setParams({ offset: (wanted - 1) * size })}
      onSize={(wanted) => void setParams({ size: wanted, offset: offset - (offset % wanted) })}
    />
  );
}
