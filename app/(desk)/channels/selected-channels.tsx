"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { DataColumn } from "@/components/data-table/column";
import { orderedColumns, type TableLayout } from "@/components/data-table/layout";
import { SelectionBar } from "@/components/data-table/selection-bar";
import { Button } from "@/components/ui/button";
import { copiedRows } from "@/lib/export/clipboard";
import { tagChannels, watchChannels } from "./change-actions";
import type { DirectoryColumnId } from "./directory-columns";
import type { DirectoryRow } from "./directory-row";
import { fileColumns, fileRow } from "./file-columns";
import { ProblemText } from "./problem-text";
import { SelectedTag } from "./selected-tag";
import { useChange } from "./use-change";
import { useColumnLabels } from "./use-column-labels";

type SelectedChannelsProps = {
  app: string;
  rows: readonly DirectoryRow[];
  columns: readonly DataColumn<DirectoryRow, DirectoryColumnId>[];
  layout: TableLayout;
  onClear: () => void;
};

/** Channels that are changed at once: as many as a page shows. */
const MOST = 200;

/** How many channels are selected, and what can be done with all of them. */
export function SelectedChannels(props: SelectedChannelsProps) {
  const { app, rows, columns, layout, onClear } = props;
  const t = useTranslations("channels.selected");
  const labels = useColumnLabels();
  const states = useTranslations("channels.refreshStates");
  const [said, setSaid] = useState("");
  const done = (count: number) => setSaid(t("changed", { count }));
  const watching = useChange(watchChannels, done);
  const tagging = useChange(tagChannels, done);
  const isPending = watching.isPending || tagging.isPending;
  const channelIds = rows.map(({ channelId }) => channelId);
  const isTooMany = rows.length > MOST;
  const watch = (isTeam: boolean, watched: boolean) => () => {
    setSaid("");
    watching.change({ app, channelIds, isTeam, watched });
  };
  return (
    <section aria-label={t("label")} className="grid gap-2">
      <SelectionBar
        count={rows.length}
        copied={() => {
          const shown = orderedColumns(columns, layout).map(({ id }) => id);
          return copiedRows(
            fileColumns(shown, labels),
            rows.map((row) => fileRow(row, states)),
          );
        }}
        onClear={onClear}
      />
      {isTooMany ? (
        <p className="text-muted">{t("tooMany", { most: MOST })}</p>
      ) : (
        <div className="flex flex-wrap items-center gap-2">
          <Button aria-disabled={isPending} onClick={watch(false, true)}>
            {t("watch")}
          </Button>
          <Button aria-disabled={isPending} onClick={watch(true, true)}>
            {t("watchTeam")}
          </Button>
          <Button aria-disabled={isPending} onClick={watch(false, false)}>
            {t("unwatch")}
          </Button>
          <Button aria-disabled={isPending} onClick={watch(true, false)}>
            {t("unwatchTeam")}
          </Button>
          <SelectedTag
            isPending={isPending}
            onTag={(tag, tagged) => {
              setSaid("");
              tagging.change({ app, channelIds, tag, tagged });
            }}
          />
          <p role="status" className="text-muted">
            {isPending ? t("changing") : said}
          </p>
        </div>
      )}
      <ProblemText problem={watching.problem ?? tagging.problem} />
    </section>
  );
}
