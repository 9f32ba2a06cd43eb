"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Button } from "@/components/ui/button";
import { readingCost } from "@/lib/subscriptions/reading-cost";
import type { Lookup } from "./actions";
import { isReadToEnd } from "./list-answer";
import { isNarrowed } from "./list-query";
import type { ListViewProps } from "./list-view";
import { LookupPagination } from "./lookup-pagination";
import { useReadPages } from "./use-lookup";

/** How much there is, and the ways to the rest: other pages, or all at once. */
export function ListFooter(props: ListViewProps) {
  const { list, answer, query } = props;
  const isWhole = list.whole !== null || answer.state !== "page";
  const showsPages = list.lookup !== null && !list.whole && !isNarrowed(query);
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
      <div className="min-w-0 flex-1">
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

function Pages({ input, isStale, lookup, setParams }: ListViewProps & { lookup: Lookup }) {
  const pages = useReadPages(input);
  return (
    <LookupPagination
      input={input}
      lookup={lookup}
      pages={pages}
      stale={isStale}
      setParams={setParams}
    />
  );
}

/** Rows without pages, counted. */
function Counts({ answer, rows, isStale, query, params, setParams }: ListViewProps) {
  const t = useTranslations("wholeSet");
  const read = answer.rows.length;
  // Read to its end, a list is as long as it is, whatever the vendor counts.
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
    <p className="flex items-center gap-3 text-muted">
      {t("cost", cost)}
      <span data-key="loadAll">
        <Button onClick={() => void setParams({ whole: true, offset: null })}>
          {t("loadAll")}
        </Button>
      </span>
    </p>
  );
}
