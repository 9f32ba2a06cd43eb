"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Pagination } from "@/components/data-table/pagination";
import { Button } from "@/components/ui/button";
import { readingCost } from "@/lib/subscriptions/reading-cost";
import type { Lookup } from "../actions";
import { isNarrowed } from "../lookup-query";
import { SIZES } from "../search-params";
import { useReadAhead, useReadPages } from "../use-lookup";
import { isReadToEnd, rowCountOf } from "./list-answer";
import { offsetOfPage, pageStep, position, previousOffset } from "./paging";
import type { ListViewProps } from "./use-list";

/** Shows the number of rows and leads to the rest: page by page, or all at once. */
export function ListFooter(props: ListViewProps) {
  const { list, answer, query } = props;
  const isWhole = list.whole !== null || answer.state !== "page";
  const showsPages = list.lookup !== null && !list.whole && !isNarrowed(query);
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
      <div className="max-w-full grow">
        {showsPages && list.lookup ? (
          <Pages {...props} lookup={list.lookup} />
        ) : (
          <Counts {...props} />
        )}
      </div>
      {!isWhole && <LoadAll {...props} />}
    </div>
  );
}

/** Leads to the other pages. The vendor's `Next` gives the offset of the next one. */
function Pages({ input, isStale, lookup, setParams }: ListViewProps & { lookup: Lookup }) {
  const pages = useReadPages(input);
  const { offset, total, nextOffset } = lookup;
  const current = { offset, rowCount: rowCountOf(lookup), total, nextOffset };
  const step = pageStep(input.size, [...pages, current]);
  const place = position(current, step);
  const readAhead = useReadAhead(input);

  const go = (target: number) => {
    readAhead(target);
    void setParams({ offset: target });
  };
  // The offset of the next page is known only after this page is read.
  const to = (target: number | null) => (isStale || target === offset ? null : target);
  return (
    <Pagination
      {...place}
      size={input.size}
      sizes={SIZES}
      offsets={{
        first: to(0),
        previous: to(previousOffset(current, step, pages)),
        next: to(nextOffset),
        last: to(nextOffset === null ? null : offsetOfPage(place.pageCount, step)),
      }}
      onGo={go}
      onPress={readAhead}
      onPage={(page) => go(offsetOfPage(page, step))}
      onSize={(size) => void setParams({ size, offset: offset - (offset % size) })}
    />
  );
}

/** Counts the rows of a list without pages. */
function Counts({ answer, rows, isStale, query, params, setParams }: ListViewProps) {
  const t = useTranslations("wholeSet");
  const read = answer.rows.length;
  // The rows of a complete list count, even if the vendor's total differs.
  const total = isReadToEnd(answer) ? read : answer.total;
  const counts = { matching: rows.length, read, total };
  const words = !isNarrowed(query)
    ? t(isReadToEnd(answer) ? "all" : "progress", counts)
    : t(isReadToEnd(answer) ? "matching" : "matchingOfRead", counts);
  return (
    <div className="flex flex-wrap items-center justify-between gap-2">
      <p aria-live={answer.state === "reading" ? "off" : "polite"} className="tabular-nums">
        {!isStale && words}
      </p>
      {params.whole && (
        <Button onClick={() => void setParams({ whole: null })}>{t("asPages")}</Button>
      )}
    </div>
  );
}

function LoadAll({ answer, setParams }: ListViewProps) {
  const t = useTranslations("wholeSet");
  const cost = useMemo(() => readingCost(answer.total, answer.duration ?? 0), [answer]);
  return (
    <p className="ml-auto flex items-center gap-3 text-muted">
      {t("cost", cost)}
      <span data-key="loadAll">
        <Button onClick={() => void setParams({ whole: true, offset: null })}>
          {t("loadAll")}
        </Button>
      </span>
    </p>
  );
}
