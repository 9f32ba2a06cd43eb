"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { CompareLink } from "@/components/channel/compare-link";
import { SelectionBar } from "@/components/data-table/selection-bar";
import { type DataTableInstance, shownColumns } from "@/components/data-table/table";
import { ExportSelectionButton } from "@/components/listing/export/export-button";
import { Button } from "@/components/ui/button";
import { Form, Input } from "@/components/ui/field";
import type { Role } from "@/lib/auth/permissions";
import { DIRECTORY_COLUMNS, type DirectoryParams } from "@/lib/channels/directory/search-params";
import { MAX_TAG_LENGTH, tagName } from "@/lib/channels/known-channel";
import { copiedRows } from "@/lib/export/clipboard";
import { type TagInput, tagChannels, type WatchInput, watchChannels } from "../change-actions";
import type { DirectoryRow } from "../directory";
import { ChannelsExportDialog } from "../export/export-dialog";
import { fileColumns, fileRow } from "../export/file-columns";
import { ProblemText, useChange } from "../use-change";
import { useColumnLabels } from "../use-column-labels";

type SelectedChannelsProps = {
  app: string;
  params: DirectoryParams;
  /** All known channels of the app. */
  known: number;
  role: Role;
  rows: readonly DirectoryRow[];
  table: DataTableInstance<DirectoryRow>;
  onClear: () => void;
};

/** The change that undoes the last one. */
type Undoable =
  | { readonly watch: WatchInput; readonly tag?: undefined }
  | { readonly watch?: undefined; readonly tag: TagInput };

const WATCHES = [
  { label: "watch", isTeam: false, watched: true },
  { label: "watchTeam", isTeam: true, watched: true },
  { label: "unwatch", isTeam: false, watched: false },
  { label: "unwatchTeam", isTeam: true, watched: false },
] as const;

/** The most channels of one request: the largest page. */
const MOST = 200;

/** The actions on selected channels. Each change can be undone. */
export function SelectedChannels(props: SelectedChannelsProps) {
  const { app, params, known, role, rows, table, onClear } = props;
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
  const columns = shownColumns(table, DIRECTORY_COLUMNS);
  const isPending = watching.isPending || tagging.isPending;
  const changed = last ? (last.watch ?? last.tag).channelIds.length : 0;
  const undo = () => {
    if (last?.watch) watching.change(last.watch);
    if (last?.tag) tagging.change(last.tag);
  };
  const channelIds = rows.map(({ channelId }) => channelId);
  return (
    <SelectionBar
      label={t("label")}
      count={rows.length}
      copied={() =>
        copiedRows(
          fileColumns(columns, labels),
          rows.map((row) => fileRow(row, states)),
        )
      }
      onClear={onClear}
    >
      <CompareLink {...{ app, channelIds }} />
      <ExportSelectionButton role={role}>
        {(close) => (
          <ChannelsExportDialog
            {...{ app, params, known, columns }}
            matching={null}
            selected={channelIds}
            onClose={close}
          />
        )}
      </ExportSelectionButton>
      {rows.length > MOST ? (
        <p className="text-muted">{t("tooMany", { most: MOST })}</p>
      ) : (
        <>
          {WATCHES.map(({ label, ...watch }) => (
            <Button
              key={label}
              aria-disabled={isPending}
              onClick={() => {
                setLast(null);
                watching.change({ app, channelIds, ...watch });
              }}
            >
              {t(label)}
            </Button>
          ))}
          <SelectedTag
            isPending={isPending}
            onTag={(tag, tagged) => {
              setLast(null);
              tagging.change({ app, channelIds, tag, tagged });
            }}
          />
          <p role="status" className="text-muted empty:-ml-2">
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

type SelectedTagProps = { isPending: boolean; onTag: (tag: string, tagged: boolean) => void };

/** A form that adds a tag to the selected channels or removes it. */
function SelectedTag({ isPending, onTag }: SelectedTagProps) {
  const t = useTranslations("channels.tags");
  const [text, setText] = useState("");
  const [isInvalid, setInvalid] = useState(false);
  const tag = (tagged: boolean) => {
    const name = tagName(text);
    setInvalid(name === null);
    if (name !== null && !isPending) onTag(name, tagged);
  };
  return (
    <Form className="flex flex-wrap items-center gap-2" onSubmit={() => tag(true)}>
      <Input
        aria-label={t("name")}
        aria-invalid={isInvalid}
        placeholder={t("name")}
        value={text}
        dir="auto"
        autoComplete="off"
        maxLength={MAX_TAG_LENGTH * 2}
        className="!w-32"
        onChange={(event) => {
          setText(event.target.value);
          setInvalid(false);
        }}
      />
      <Button type="submit" aria-disabled={isPending}>
        {t("submit")}
      </Button>
      <Button aria-disabled={isPending} onClick={() => tag(false)}>
        {t("take")}
      </Button>
      {isInvalid && (
        <p role="alert" className="text-bad text-dense">
          {t("unfit", { max: MAX_TAG_LENGTH })}
        </p>
      )}
    </Form>
  );
}
