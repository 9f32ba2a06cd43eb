"use client";

import { useRouter } from "next/navigation";
import { Pagination } from "@/components/data-table/pagination";
import { type PeopleParams, SIZES, serializePeople } from "./search-params";

type PeoplePagesProps = { shown: number; total: number; params: PeopleParams };

/** Where these people stand among all who match, and the ways to the others. */
export function PeoplePages({ shown, total, params }: PeoplePagesProps) {
  const router = useRouter();
  const { offset, size } = params;
  const pageCount = Math.max(1, Math.ceil(total / size));
  const go = (to: number, rows = size) =>
    router.push(serializePeople("/people", { ...params, offset: to, size: rows }));
  const last = (pageCount - 1) * size;
  const isLast = offset + shown >= total;
  return (
    <Pagination
      from={offset + 1}
      to={offset + shown}
      total={total}
      page={Math.floor(offset / size) + 1}
      pageCount={pageCount}
      size={size}
      sizes={SIZES}
      go={{
        first: offset > 0 ? () => go(0) : null,
        previous: offset > 0 ? () => go(Math.max(0, offset - size)) : null,
        next: isLast ? null : () => go(offset + size),
        last: isLast ? null : () => go(last),
      }}
      onPage={(page) => go((page - 1) * size)}
      onSize={(rows) => go(Math.floor(offset / rows) * rows, rows)}
    />
  );
}
