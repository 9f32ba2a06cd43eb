"use client";

import { useTranslations } from "next-intl";
import { FilterChips, type FilterChipsProps } from "@/components/channel/filters/filter-chips";
import { COLUMN_IDS, type ColumnId } from "@/lib/subscriptions/filter";
import { filterColumn } from "./filter-column";

/** What is asked of a subscriber's list, each to be taken back. */
export function LookupChips(props: Omit<FilterChipsProps<ColumnId>, "columns">) {
  const labels = useTranslations("fields");
  return <FilterChips {...props} columns={COLUMN_IDS.map((id) => filterColumn(id, labels(id)))} />;
}
