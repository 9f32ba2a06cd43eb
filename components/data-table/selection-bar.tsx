"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import type { Copyable } from "@/components/ui/copy";
import { useCopied } from "@/components/ui/copy";
import { floating } from "@/components/ui/floating";

type SelectionBarProps = {
  /** The name of the region, where it is not the table's own word. */
  label?: string;
  count: number;
  /** Returns the selected rows as spreadsheets take them from the clipboard. */
  copied: () => Copyable;
  onClear: () => void;
  /** Other things that can be done with the selected rows. */
  children?: ReactNode;
};

/** How many rows are selected, and what can be done with them. */
export function SelectionBar({ label, count, copied, onClear, children }: SelectionBarProps) {
  const t = useTranslations("table");
  const { said, copy } = useCopied();
  return (
    <section
      aria-label={label ?? t("selection")}
      className={`${floating} flex flex-wrap items-center gap-2 px-3 py-2 text-dense [&_:is(a,button)]:px-2`}
    >
      <p role="status" className="tabular-nums">
        <span>{t("selected", { count })}</span> <span>{said}</span>
      </p>
      {children}
      <Button onClick={() => copy(copied())}>{t("copyRows")}</Button>
      <Button onClick={onClear}>{t("clearSelection")}</Button>
    </section>
  );
}
