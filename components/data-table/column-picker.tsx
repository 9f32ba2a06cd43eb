"use client";

import { Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { ColumnsButton } from "./columns-button";
import type { TableLayout } from "./layout";
import { TableOptions } from "./table-options";

export type ColumnChoice = {
  readonly id: string;
  readonly label: string;
  readonly shown: boolean;
  /** Why it cannot be chosen, or null. */
  readonly unavailable: string | null;
  /** Why its values do not show by themselves, or null. */
  readonly locked: string | null;
  readonly toggle: () => void;
};

export type ColumnGroup = { readonly label: string; readonly columns: readonly ColumnChoice[] };

type ColumnPickerProps = {
  groups: readonly ColumnGroup[];
  onReset: () => void;
  layout: TableLayout;
  onLayout: (layout: TableLayout) => void;
};

/** Chooses the columns, and how the table lies. Made when first opened, and open from then. */
export function ColumnPicker({ groups, onReset, layout, onLayout }: ColumnPickerProps) {
  const t = useTranslations("table");
  return (
    <Popover defaultOpen>
      <PopoverTrigger asChild>
        <ColumnsButton groups={groups} />
      </PopoverTrigger>
      <PopoverContent aria-label={t("columns")} className="grid w-64 gap-3">
        {groups.map((group) => (
          <fieldset key={group.label}>
            <legend className="mb-1 font-medium text-muted">{group.label}</legend>
            {group.columns.map(({ id, label, shown, unavailable, locked, toggle }) => (
              <Checkbox
                key={id}
                checked={shown}
                disabled={unavailable !== null}
                title={unavailable ?? locked ?? undefined}
                onChange={toggle}
              >
                <span className={unavailable === null ? "" : "text-muted"}>{label}</span>
                {locked !== null && (
                  <Lock role="img" aria-label={locked} className="size-3.5 text-muted" />
                )}
              </Checkbox>
            ))}
          </fieldset>
        ))}
        <Button onClick={onReset}>{t("resetColumns")}</Button>
        <TableOptions layout={layout} onLayout={onLayout} />
      </PopoverContent>
    </Popover>
  );
}
