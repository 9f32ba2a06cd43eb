"use client";

import { Plus, RefreshCw } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { ReadAt } from "@/components/channel/relative-time";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import type { DirectoryAnswer } from "../directory";
import { AddDialog, loadAddDialog } from "../lazy-pieces";

type DirectoryHeaderProps = {
  app: string;
  answer: DirectoryAnswer | null;
  mostAdded: number;
  reading: boolean;
  onRefresh: () => void;
};

/** The title, the time of the data, and the buttons Refresh and Add channels. */
export function DirectoryHeader(props: DirectoryHeaderProps) {
  const { app, answer, mostAdded, reading, onRefresh } = props;
  const t = useTranslations("channels");
  const format = useFormatter();
  const [adding, setAdding] = useState(false);
  return (
    <header className="grid grid-cols-[minmax(0,1fr)] gap-1">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <h1 className="mr-auto font-semibold text-title">{t("title")}</h1>
        <div className="flex items-center gap-2 text-muted">
          {answer && <ReadAt at={answer.readAt} say={(when) => t("readAt", when)} />}
          <span role="status" className="sr-only">
            {reading && t("reading")}
          </span>
          <IconButton label={t("refresh")} aria-disabled={reading} onClick={onRefresh}>
            <RefreshCw aria-hidden className={reading ? "motion-safe:animate-spin" : ""} />
          </IconButton>
        </div>
        <Button
          aria-haspopup="dialog"
          onPointerEnter={loadAddDialog}
          onFocus={loadAddDialog}
          onClick={() => setAdding(true)}
        >
          <Plus aria-hidden className="size-4" />
          {t("add.button")}
        </Button>
      </div>
      <p className="text-muted">
        {answer && <span>{t("known", { count: answer.known })}</span>}{" "}
        {answer?.sampleUntil && (
          <span>{t("sample", { time: format.dateTime(answer.sampleUntil, "exact") })}</span>
        )}
      </p>
      {adding && <AddDialog app={app} most={mostAdded} onClose={() => setAdding(false)} />}
    </header>
  );
}
