"use client";

import { RefreshCw } from "lucide-react";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy-button";
import { IconButton } from "@/components/ui/icon-button";
import type { Lookup } from "./actions";

type LookupSummaryProps = {
  subscriberId: string;
  lookup: Lookup | null;
  reading: boolean;
  /** Null where nothing can be asked yet. */
  onRefresh: (() => void) | null;
};

/** Who was looked up, how much of the list is in hand, and when it was read. */
export function LookupSummary({ subscriberId, lookup, reading, onRefresh }: LookupSummaryProps) {
  const t = useTranslations("lookup");
  const complete = lookup?.offset === 0 && lookup.nextOffset === null;
  return (
    <header className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <div className="flex min-w-0 items-center gap-1">
        <h1 className="truncate font-mono font-semibold text-title">{subscriberId}</h1>
        <CopyButton value={subscriberId} label={t("copySubscriberId")} />
      </div>
      <p role="status" className="flex flex-wrap items-center gap-2">
        {lookup && lookup.total > 0 && (
          <>
            {t("follows", { total: lookup.total })}
            <Badge tone={complete ? "good" : "neutral"}>
              {complete ? t("complete") : t("onePage")}
            </Badge>
          </>
        )}
      </p>
      <div className="flex items-center gap-2 text-muted sm:ml-auto">
        {lookup && <ReadAt at={lookup.readAt} duration={lookup.duration} />}
        <IconButton label={t("refresh")} aria-disabled={reading} onClick={() => onRefresh?.()}>
          <RefreshCw aria-hidden className={reading ? "motion-safe:animate-spin" : ""} />
        </IconButton>
      </div>
    </header>
  );
}

/** Every number says when it was read. */
function ReadAt({ at, duration }: { at: Date; duration: number }) {
  const t = useTranslations("lookup");
  const format = useFormatter();
  const now = useNow({ updateInterval: 1000 });
  // A clock that runs behind the server's must not put the reading into the future.
  const age = format.relativeTime(Math.min(at.getTime(), now.getTime()), now);
  const time = format.dateTime(at, "time");
  return (
    <time dateTime={at.toISOString()} title={format.dateTime(at, "exact")} className="tabular-nums">
      {t("read", { time, age, duration })}
    </time>
  );
}
