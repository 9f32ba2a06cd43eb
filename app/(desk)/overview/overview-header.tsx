"use client";

import { RefreshCw } from "lucide-react";
import { useFormatter, useNow, useTranslations } from "next-intl";
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
        {readAt && <ReadAt at={readAt} />}
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

/** Every number says when it was read. */
function ReadAt({ at }: { at: Date }) {
  const t = useTranslations("overview");
  const format = useFormatter();
  const now = useNow({ updateInterval: 1000 });
  // A clock that runs behind the server's must not put the reading into the future.
  const age = format.relativeTime(Math.min(at.getTime(), now.getTime()), now);
  return (
    <time dateTime={at.toISOString()} title={format.dateTime(at, "exact")} className="tabular-nums">
      {t("readAt", { time: format.dateTime(at, "time"), age })}
    </time>
  );
}
