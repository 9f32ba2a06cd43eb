"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { Button } from "@/components/ui/button";
import type { WholeSetProgress } from "@/lib/chat-api/whole-set-progress";

type ReadingProgressProps = {
  /** Null before the first answer has come. */
  progress: WholeSetProgress | null;
  onCancel: () => void;
};

/** How much of a whole set has been read, while it is. */
export function ReadingProgress({ progress, onCancel }: ReadingProgressProps) {
  const t = useTranslations("wholeSet");
  const words = useId();
  const { read = 0, total = 0 } = progress ?? {};
  const isCounted = total > 0;
  return (
    <div className="flex min-h-10 flex-wrap items-center gap-x-3 gap-y-1">
      <div
        role="progressbar"
        aria-labelledby={words}
        aria-valuemin={0}
        {...(isCounted && { "aria-valuemax": total, "aria-valuenow": Math.min(read, total) })}
        className="h-1.5 min-w-24 flex-1 overflow-hidden rounded-full bg-line"
      >
        <div
          className="h-full origin-left rounded-full bg-accent transition-transform"
          style={{ transform: `scaleX(${isCounted ? Math.min(1, read / total) : 0})` }}
        />
      </div>
      <p id={words} className="tabular-nums">
        {isCounted ? t("progress", { read, total }) : t("starting")}
      </p>
      <Button onClick={onCancel}>{t("cancel")}</Button>
    </div>
  );
}
