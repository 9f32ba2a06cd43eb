"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { DEFAULT_LAYOUT, DENSITIES, type TableLayout } from "./layout";

type TableOptionsProps = { layout: TableLayout; onLayout: (layout: TableLayout) => void };

/** How close the rows lie, and the way back from every arrangement of the columns. */
export function TableOptions({ layout, onLayout }: TableOptionsProps) {
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
