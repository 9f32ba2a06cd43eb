"use client";

import { RefreshCw } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useAge } from "@/components/channel/relative-time";
import type { Tone } from "@/components/ui/badge";
import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy";
import { IconButton } from "@/components/ui/icon-button";
import type { ListAnswer, ListState } from "./list/list-answer";

type LookupSummaryProps = {
  subscriberId: string;
  answer: ListAnswer | null;
  reading: boolean;
  /** Null where nothing can be asked yet. */
  onRefresh: (() => void) | null;
  /** What has changed since an earlier lookup. */
  since?: ReactNode;
  /** What can be done with the answer. */
  children?: ReactNode;
};

/** Who was looked up, how much of the list is in hand, and when it was read. */
export function LookupSummary(props: LookupSummaryProps) {
  const { subscriberId, answer, reading, onRefresh, since, children } = props;
  const t = useTranslations("lookup");
  return (
    <header className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <div className="flex min-w-0 items-center gap-1">
        <h1 className="truncate font-mono font-semibold text-title">{subscriberId}</h1>
        <CopyButton value={subscriberId} label={t("copySubscriberId")} />
      </div>
      <p role="status" className="flex flex-wrap items-center gap-x-2 sm:flex-1 sm:basis-72">
        {answer && answer.total > 0 && (
          <>
            <span>{t("follows", { total: answer.total })}</span>
            <StateBadge state={answer.state} />
          </>
        )}
        {since}
      </p>
      <div className="flex flex-wrap items-center gap-2 text-muted sm:ml-auto">
        {answer?.readTo && <ReadAt answer={answer} to={answer.readTo} />}
        {children}
        <IconButton label={t("refresh")} aria-disabled={reading} onClick={() => onRefresh?.()}>
          <RefreshCw aria-hidden className={reading ? "motion-safe:animate-spin" : ""} />
        </IconButton>
      </div>
    </header>
  );
}

/** How much of the list is in hand, in a word. */
function StateBadge({ state }: { state: ListState }) {
  const t = useTranslations("wholeSet.state");
  const { tone, word } = BADGES[state];
  return <Badge tone={tone}>{t(word)}</Badge>;
}

type Word = "page" | "reading" | "complete" | "changed" | "partial";

const PARTIAL: { tone: Tone; word: Word } = { tone: "warn", word: "partial" };
const BADGES: Readonly<Record<ListState, { tone: Tone; word: Word }>> = {
  page: { tone: "neutral", word: "page" },
  reading: { tone: "neutral", word: "reading" },
  complete: { tone: "good", word: "complete" },
  changed: { tone: "warn", word: "changed" },
  endless: PARTIAL,
  failed: PARTIAL,
  paused: PARTIAL,
  stopped: PARTIAL,
};

/** Every number says when it was read. */
function ReadAt({ answer, to }: { answer: ListAnswer; to: Date }) {
  const t = useTranslations();
  const format = useFormatter();
  const { readFrom, duration } = answer;
  const age = useAge(to, to);
  const time = format.dateTime(to, "time");
  const from = format.dateTime(readFrom ?? to, "time");
  const isOneMoment = from === time;
  return (
    <time
      dateTime={to.toISOString()}
      title={format.dateTime(to, "exact")}
      className="tabular-nums max-sm:w-full"
    >
      {duration !== null
        ? t("lookup.read", { time, age, duration })
        : isOneMoment
          ? t("wholeSet.readAt", { time, age })
          : t("wholeSet.readBetween", { from, to: time, age })}
    </time>
  );
}
