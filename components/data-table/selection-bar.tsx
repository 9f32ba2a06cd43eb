"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import type { Copyable } from "@/components/ui/copy-text";
import { useCopied } from "@/components/ui/use-copied";

type SelectionBarProps = {
  count: number;
  /** Returns the selected rows as spreadsheets take them from the clipboard. */
  copied: () => Copyable;
  onClear: () => void;
};

/** How many rows are selected, and what can be done with them. */
export function SelectionBar({ count, copied, onClear }: SelectionBarProps) {
  const t = useTranslations("table");
  const { said, copy } = useCopied();
  return (
    <div className="flex flex-wrap items-center gap-2 rounded-control border border-line bg-accent-soft px-3 py-1">
      <p role="status" className="flex-1 tabular-nums">
        {t("selected", { count })} {said}
      </p>
      <Button onClick={() => copy(copied())}>{t("copyRows")}</Button>
      <Button onClick={onClear}>{t("clearSelection")}</Button>
    </div>
  );
}
