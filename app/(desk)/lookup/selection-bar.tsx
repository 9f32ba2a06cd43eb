"use client";

import { useTranslations } from "next-intl";
import type { DataColumn } from "@/components/data-table/column";
import { orderedColumns, type TableLayout } from "@/components/data-table/layout";
import { Button } from "@/components/ui/button";
import { useCopied } from "@/components/ui/use-copied";
import type { Subscription } from "@/lib/chat-api/types";
import { isIdColumn } from "@/lib/export/columns";
import type { ColumnId } from "@/lib/subscriptions/filter";
import { rowsAsText } from "./ticket";

type SelectionBarProps = {
  rows: readonly Subscription[];
  columns: Columns;
  layout: TableLayout;
  onClear: () => void;
};

/** How many rows are selected, and what can be done with them. */
export function SelectionBar({ rows, columns, layout, onClear }: SelectionBarProps) {
  const t = useTranslations("wholeSet");
  const { said, copy } = useCopied();
  return (
    <div className="flex flex-wrap items-center gap-2 rounded-control border border-line bg-accent-soft px-3 py-1">
      <p role="status" className="flex-1 tabular-nums">
        {t("selected", { count: rows.length })} {said}
      </p>
      <Button onClick={() => copy(asText(orderedColumns(columns, layout), rows))}>
        {t("copyRows")}
      </Button>
      <Button onClick={onClear}>{t("clearSelection")}</Button>
    </div>
  );
}

type Columns = readonly DataColumn<Subscription, ColumnId>[];

function asText(columns: Columns, rows: readonly Subscription[]): string {
  const cells = rows.map((row) =>
    columns.map(({ id }) => ({ text: valueAsText(row[id]), isId: isIdColumn(id) })),
  );
  return rowsAsText(
    columns.map(({ header }) => header),
    cells,
  );
}

function valueAsText(value: Subscription[ColumnId]): string {
  return value instanceof Date ? value.toISOString() : String(value ?? "");
}
