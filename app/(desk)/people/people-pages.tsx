"use client";

import { useRouter } from "next/navigation";
import { OffsetPages } from "@/components/listing/offset-pages";
import { type PeopleParams, SIZES, serializePeople } from "./search-params";

type PeoplePagesProps = { shown: number; total: number; params: PeopleParams };

/** The pagination of the people. */
export function PeoplePages({ shown, total, params }: PeoplePagesProps) {
  const router = useRouter();
  const { offset, size } = params;
  return (
    <OffsetPages
      {...{ offset, size, total }}
      sizes={SIZES}
      count={shown}
      onPage={(to, rows) =>
        router.push(serializePeople("/people", { ...params, offset: to, size: rows }))
      }
    />
  );
}
