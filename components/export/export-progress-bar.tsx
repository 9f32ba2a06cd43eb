"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import type { ExportProgress } from "./run-export";

type ExportProgressBarProps = { progress: ExportProgress | null; onCancel: () => void };

/** How much of the list is read, and the way to stop it. */
export function ExportProgressBar({ progress, onCancel }: ExportProgressBarProps) {
  const t = useTranslations("export");
  const said = progress ? t("progress", progress) : t("starting");
  // Rows that came while the list grew are more than the count of a moment before.
  const value = progress ? { value: progress.read, max: Math.max(progress.total, 1) } : {};
  return (
    <div className="grid gap-2">
      <progress
        {...value}
        aria-label={t("progressLabel")}
        aria-valuetext={said}
        className="h-2 w-full accent-accent"
      />
      <div className="flex items-center justify-between gap-3">
        <p className="tabular-nums">{said}</p>
        <Button onClick={onCancel}>{t("cancel")}</Button>
      </div>
    </div>
  );
}
