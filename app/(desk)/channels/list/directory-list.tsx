"use client";

import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { ChangeText } from "@/components/channel/values";
import { DataTable } from "@/components/data-table/data-table";
import type { Density } from "@/components/data-table/layout";
import { SmallTable } from "@/components/data-table/small-table";
import type { DataTableInstance } from "@/components/data-table/table";
import { OffsetPages } from "@/components/listing/offset-pages";
import { Button, buttonClass } from "@/components/ui/button";
import { Screen } from "@/components/ui/screen";
import {
  type DirectoryParams,
  filtersOf,
  type GroupId,
  isAllowed,
  isNarrowed,
  type SetDirectoryParams,
  type Shown,
  SIZES,
  serializeDirectory,
} from "@/lib/channels/directory/search-params";
import type { DirectoryView } from "@/lib/channels/known-channel";
import { visibleText } from "@/lib/visible-text";
import type { ChannelsContext, DirectoryAnswer, DirectoryGroup, DirectoryRow } from "../directory";
import { useColumnLabels } from "../use-column-labels";
import type { DirectoryChange } from "./use-directory";
import { AddressLink } from "./view-tabs";

type DirectoryListProps = {
  params: DirectoryParams;
  setParams: SetDirectoryParams;
  change: DirectoryChange;
  context: ChannelsContext;
  answer: DirectoryAnswer;
  /** In the order of the table. */
  rows: readonly DirectoryRow[];
  table: DataTableInstance<DirectoryRow>;
  density: Density;
  /** The actions on selected rows. */
  selectionBar: ReactNode;
  /** The rows belong to an earlier request. */
  stale: boolean;
};

/** One page of channels or groups, or the reason that there are none. */
export function DirectoryList(props: DirectoryListProps) {
  const { params, setParams, change, context, answer, rows, table, density, selectionBar, stale } =
    props;
  const t = useTranslations("channels");
  const filtered = useMemo(() => new Set(Object.keys(filtersOf(params))), [params]);
  const { groups, total, known } = answer;
  const count = groups?.length ?? rows.length;
  if (known === 0) return <NothingKnown />;
  if (total === 0) {
    return (
      <>
        {isNarrowed(params) ? <NoMatch onReset={change.reset} /> : <EmptyView view={params.view} />}
        {selectionBar}
      </>
    );
  }
  return (
    <>
      {groups && params.group ? (
        <>
          <GroupTable
            by={params.group}
            shown={context.shown}
            {...{ groups, params, setParams, stale }}
          />
          {selectionBar}
        </>
      ) : (
        <DataTable
          {...{ table, density, stale, filtered }}
          caption={t("caption")}
          firstRow={answer.offset + 1}
          view={serializeDirectory({ ...params, columns: null, row: null })}
          sortPending={stale}
          rowName={nameOf}
          selectionBar={selectionBar}
          onOpen={(row) => void setParams({ row: row.channelId })}
        />
      )}
      <OffsetPages
        {...{ count, total }}
        offset={answer.offset}
        size={params.size}
        sizes={SIZES}
        onPage={(offset, size) => void setParams({ offset, size })}
      />
    </>
  );
}

function nameOf(row: DirectoryRow): string {
  return visibleText(row.name || row.channelId);
}

type GroupTableProps = {
  by: GroupId;
  groups: readonly DirectoryGroup[];
  params: DirectoryParams;
  setParams: SetDirectoryParams;
  shown: Shown;
  stale: boolean;
};

/** Channels grouped by organization or owner. Each group links to its channels. */
function GroupTable({ by, groups, params, setParams, shown, stale }: GroupTableProps) {
  const t = useTranslations("channels.groups");
  const labels = useColumnLabels();
  const format = useFormatter();
  const isCounted = isAllowed("subscriberCount", shown);
  const counted = isCounted ? (["subscriberCount", "changeWeek"] as const) : [];
  return (
    <SmallTable
      title={t("caption", { by: labels(by) })}
      stale={stale}
      columns={[
        { name: labels(by), className: "max-w-0 !whitespace-normal sm:min-w-64" },
        { name: t("channels"), isNumber: true },
        ...counted.map((id) => ({ name: labels(id), isNumber: true })),
      ]}
      rows={groups.map(({ value, channels, subscribers, changeWeek }) => ({
        key: JSON.stringify(value),
        cells: [
          <AddressLink
            key="group"
            params={params}
            setParams={setParams}
            change={{ group: null, offset: null, [by]: { op: "oneOf", values: [value] } }}
            title={value === null ? undefined : visibleText(value)}
            className="line-clamp-3 break-words text-accent-ink underline-offset-4 hover:underline sm:line-clamp-1"
          >
            {value === null ? t("none") : <bdi>{visibleText(value)}</bdi>}
          </AddressLink>,
          format.number(channels),
          subscribers === null ? "–" : format.number(subscribers),
          changeWeek === null ? (
            <span key="change" className="text-muted">
              {t("notKnown")}
            </span>
          ) : (
            <ChangeText
              key="change"
              change={{ absolute: changeWeek, percent: null }}
              format={format}
            />
          ),
        ],
      }))}
    />
  );
}

/** No channel of this app is known yet. */
function NothingKnown() {
  const t = useTranslations("channels.nothingKnown");
  const action = (
    <Link prefetch={false} href="/lookup" className={`${buttonClass("secondary")} mt-2`}>
      {t("action")}
    </Link>
  );
  return <Screen happened={t("happened")} remedy={t("remedy")} action={action} />;
}

/** The view has channels, but none matches the filters. */
function NoMatch({ onReset }: { onReset: () => void }) {
  const t = useTranslations("channels.noMatch");
  const action = <Button onClick={onReset}>{t("action")}</Button>;
  return <Screen happened={t("happened")} remedy={t("remedy")} action={action} />;
}

/** The app has channels, but this view is empty. */
function EmptyView({ view }: { view: DirectoryView }) {
  const t = useTranslations("channels.views");
  return <Screen happened={t(`${view}.none`)} remedy={t(`${view}.noneRemedy`)} />;
}
