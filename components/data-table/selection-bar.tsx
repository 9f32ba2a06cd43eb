"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { useCopied } from "@/components/ui/use-copied";

type SelectionBarProps = {
  count: number;
  /** The rows selected, as a spreadsheet takes them from the clipboard. */
  asText: () => string;
  onClear: () => void;
};

/** How many rows are selected, and what can be done with them. */
export function SelectionBar({ count, asText, onClear }: SelectionBarProps) {
  const t = useTranslations("table");
  const { said, copy } = useCopied();
  return (
    <div className="flex flex-wrap items-center gap-2 rounded-control border border-line bg-accent-soft px-3 py-1">
      <p role="status" className="flex-1 tabular-nums">
        {t("selected", { count })} {said}
      </p>
      <Button onClick={() => copy(asText())}>{t("copyRows")}</Button>
      <Button onClick={onClear}>{t("clearSelection")}</Button>
    </div>
  );
}
