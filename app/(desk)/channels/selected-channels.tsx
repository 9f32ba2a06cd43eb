"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { SelectionBar } from "@/components/data-table/selection-bar";
import { type DataTableInstance, shownColumns } from "@/components/data-table/table";
import { Button } from "@/components/ui/button";
import { copiedRows } from "@/lib/export/clipboard";
import { type TagInput, tagChannels, type WatchInput, watchChannels } from "./change-actions";
import { DIRECTORY_COLUMNS } from "./directory-columns";
import type { DirectoryRow } from "./directory-row";
import { fileColumns, fileRow } from "./file-columns";
import { ProblemText } from "./problem-text";
import { SelectedTag } from "./selected-tag";
import { useChange } from "./use-change";
import { useColumnLabels } from "./use-column-labels";

type SelectedChannelsProps = {
  app: string;
  rows: readonly DirectoryRow[];
  table: DataTableInstance<DirectoryRow>;
  onClear: () => void;
};

/** The change that would undo the last one. */
type Undoable =
  | { readonly watch: WatchInput; readonly tag?: undefined }
  | { readonly watch?: undefined; readonly tag: TagInput };

/** Channels that one request may change: as many as a page shows. */
const MOST = 200;

/** What can be done with the selected channels. Each change can be undone. */
export function SelectedChannels(props: SelectedChannelsProps) {
  const { app, rows, table, onClear } = props;
  const t = useTranslations("channels.selected");
  const labels = useColumnLabels();
  const states = useTranslations("channels.refreshStates");
  const [last, setLast] = useState<Undoable | null>(null);
  const watching = useChange(watchChannels, (changed, input) => {
    setLast({ watch: { ...input, channelIds: changed, watched: !input.watched } });
  });
  const tagging = useChange(tagChannels, (changed, input) => {
    setLast({ tag: { ...input, channelIds: changed, tagged: !input.tagged } });
  });
  const isPending = watching.isPending || tagging.isPending;
  const changed = last ? (last.watch ?? last.tag).channelIds.length : 0;
  const undo = () => {
    if (last?.watch) watching.change(last.watch);
    if (last?.tag) tagging.change(last.tag);
  };
  const channelIds = rows.map(({ channelId }) => channelId);
  const watch = (isTeam: boolean, watched: boolean) => () => {
    setLast(null);
    watching.change({ app, channelIds, isTeam, watched });
  };
  return (
    <SelectionBar
      label={t("label")}
      count={rows.length}
      copied={() =>
        copiedRows(
          fileColumns(shownColumns(table, DIRECTORY_COLUMNS), labels),
          rows.map((row) => fileRow(row, states)),
        )
      }
      onClear={onClear}
    >
      {rows.length > MOST ? (
        <p className="text-muted">{t("tooMany", { most: MOST })}</p>
      ) : (
        <>
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
              setLast(null);
              tagging.change({ app, channelIds, tag, tagged });
            }}
          />
          <p role="status" className="text-muted">
            {isPending ? t("changing") : last && t("changed", { count: changed })}
          </p>
          {changed > 0 && (
            <Button aria-disabled={isPending} onClick={undo}>
              {t("undo")}
            </Button>
          )}
        </>
      )}
      <ProblemText problem={watching.problem ?? tagging.problem} />
    </SelectionBar>
  );
}
