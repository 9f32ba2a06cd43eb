"use client";

import { useTranslations } from "next-intl";
import { FilterChips, type FilterChipsProps } from "@/components/listing/filters/filter-chips";
import { COLUMN_IDS, type ColumnId } from "@/lib/subscriptions/filter";
import { filterColumn } from "./columns";

/** Removable chips for the search, filters and sorts. */
export function LookupChips(props: Omit<FilterChipsProps<ColumnId>, "columns">) {
  const labels = useTranslations("fields");
  return <FilterChips {...props} columns={COLUMN_IDS.map((id) => filterColumn(id, labels(id)))} />;
}
