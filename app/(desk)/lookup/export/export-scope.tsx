"use client";

import { useTranslations } from "next-intl";
import type { Field } from "@/lib/chat-api/types";
import type { ColumnId } from "@/lib/subscriptions/filter";
import type { ViewQuery } from "@/lib/subscriptions/view";

export type ExportScope = {
  /** The columns of the screen that may be written, from left to right. */
  columns: readonly ColumnId[];
  /** What of the address the person's role may ask. */
  query: ViewQuery;
  /** The columns of the screen whose values are masked. */
  withheld: readonly Field[];
  /** Channels that match, or null as long as nobody knows. */
  matching: number | null;
  /** Channels of the whole list. */
  total: number;
};

/** What will be written, in one sentence. */
export function ExportScopeText({ columns, query, withheld, matching, total }: ExportScope) {
  const t = useTranslations("export");
  const reveal = useTranslations("reveal");
  const labels = useTranslations("fields");
  const isNarrowed = query.search.trim() !== "" || Object.keys(query.filters).length > 0;
  const which = !isNarrowed ? "all" : matching === null ? "matching" : "counted";
  const sorts = query.sorts.map(
    ({ column, descending }) => `${labels(column)} ${descending ? "↓" : "↑"}`,
  );
  return (
    <p>
      {withheld.length > 0 && (
        <span>
          {reveal("notExported", { fields: withheld.map((field) => labels(field)).join(", ") })}
        </span>
      )}{" "}
      <span>
        {t("scope.sentence", {
          rows: t(`scope.${which}`, { matching: matching ?? 0, total }),
          columns: t("scope.columns", { count: columns.length }),
          order:
            sorts.length > 0 ? t("scope.sorted", { by: sorts.join(", ") }) : t("scope.unsorted"),
        })}
      </span>
    </p>
  );
}
