"use client";

import { RefreshCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { ReadAt } from "@/components/channel/read-at";
import { IconButton } from "@/components/ui/icon-button";

type OverviewHeaderProps = {
  /** Null where nothing could be read. */
  readAt: Date | null;
  reading: boolean;
  onRetry: () => void;
};

export function OverviewHeader({ readAt, reading, onRetry }: OverviewHeaderProps) {
  const t = useTranslations("overview");
  return (
    <header className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <h1 className="mr-auto font-semibold text-title">{t("title")}</h1>
      <div className="flex items-center gap-2 text-muted">
        {readAt && <ReadAt at={readAt} say={(when) => t("readAt", when)} />}
        <IconButton
          label={t("refresh")}
          aria-disabled={reading}
          onClick={() => reading || onRetry()}
        >
          <RefreshCw aria-hidden className={reading ? "motion-safe:animate-spin" : ""} />
        </IconButton>
      </div>
    </header>
  );
}
