"use client";

import { ChevronDown } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { ColumnId } from "@/lib/subscriptions/filter";
import type { FilterBarProps } from "./filter-bar";
import { withFilter } from "./filter-column";
import { FilterForm } from "./filter-form";
import { Phrase } from "./phrase";
import { filterInWords } from "./words";

type FilterSheetProps = FilterBarProps & { onClose: () => void };

/** The questions of all columns, one of them unfolded. */
export function FilterSheet(props: FilterSheetProps) {
  const { columns, filters, onFilters, valuesOf, complete, now } = props;
  const { onReset, resetable, onClose } = props;
  const t = useTranslations("filters");
  const format = useFormatter();
  const [opened, setOpened] = useState<ColumnId | null>(null);
  return (
    <Dialog
      title={t("all")}
      shape="side"
      onClose={onClose}
      actions={resetable && <Button onClick={onReset}>{t("reset")}</Button>}
    >
      <ul className="grid divide-y divide-line">
        {columns.map((column) => {
          const filter = filters[column.id];
          const isOpen = opened === column.id;
          return (
            <li key={column.id} className="grid grid-cols-[minmax(0,1fr)] gap-3 py-2">
              <button
                type="button"
                aria-expanded={isOpen}
                className="flex min-h-8 items-center gap-2 text-left font-medium"
                onClick={() => setOpened(isOpen ? null : column.id)}
              >
                <span className="min-w-0 flex-1 truncate">
                  {filter ? (
                    <Phrase words={filterInWords(filter, column, t, format)} />
                  ) : (
                    column.label
                  )}
                </span>
                <ChevronDown
                  aria-hidden
                  className={`size-4 shrink-0 text-muted ${isOpen ? "rotate-180" : ""}`}
                />
              </button>
              {isOpen && (
                <FilterForm
                  {...{ valuesOf, complete, now }}
                  column={column}
                  filter={filter}
                  onApply={(next) => {
                    onFilters(withFilter(filters, column.id, next));
                    setOpened(null);
                  }}
                />
              )}
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}
