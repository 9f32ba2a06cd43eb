"use client";

import { Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/field";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { DEFAULT_LAYOUT, DENSITIES, type TableLayout } from "./layout";

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
  trigger: ReactNode;
};

/** Chooses the columns, the row height and the default layout. Rendered when first opened, and open then. */
export function ColumnPicker(props: ColumnPickerProps) {
  const { groups, onReset, layout, onLayout, trigger } = props;
  const t = useTranslations("table");
  return (
    <Popover defaultOpen>
      <PopoverTrigger asChild>{trigger}</PopoverTrigger>
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

type TableOptionsProps = { layout: TableLayout; onLayout: (layout: TableLayout) => void };

/** The row height, and the way back to the default layout. */
function TableOptions({ layout, onLayout }: TableOptionsProps) {
  const t = useTranslations("table");
  return (
    <>
      <fieldset>
        <legend className="mb-1 font-medium text-muted">{t("density")}</legend>
        {DENSITIES.map((density) => (
          <label key={density} className="flex min-h-7 items-center gap-2">
            <input
              type="radio"
              name="density"
              checked={layout.density === density}
              onChange={() => onLayout({ ...layout, density })}
              className="size-4 shrink-0 accent-accent"
            />
            {t(density)}
          </label>
        ))}
      </fieldset>
      <Button onClick={() => onLayout(DEFAULT_LAYOUT)}>{t("resetLayout")}</Button>
    </>
  );
}
