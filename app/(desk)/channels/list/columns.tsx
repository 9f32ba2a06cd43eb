"use client";

import { createColumnHelper } from "@tanstack/react-table";
import { Eye } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { Avatar } from "@/components/channel/avatar";
import { Sparkline } from "@/components/channel/sparkline";
import { MissingValue, UntrustedText } from "@/components/channel/text";
import { ChangeText, Identifier, Instant } from "@/components/channel/values";
import { OpenMark } from "@/components/data-table/open-mark";
import type { ColumnOptions, DataColumn, features } from "@/components/data-table/table";
import { Badge } from "@/components/ui/badge";
import { Marked } from "@/components/ui/marked";
import { DIRECTORY_COLUMNS, type DirectoryColumnId } from "@/lib/channels/directory/search-params";
import { type DirectoryAnswer, type DirectoryRow, isOld } from "../directory";
import { useColumnLabels } from "../use-column-labels";

/** What a cell needs besides its row. It is the same for all rows of a column. */
type CellContext = Pick<DirectoryAnswer, "readAt" | "trends"> & {
  readonly words: ReturnType<typeof useTranslations<"channels">>;
  readonly states: ReturnType<typeof useTranslations<"channels.refreshStates">>;
  readonly format: ReturnType<typeof useFormatter>;
  /** Whether the text of this column opens the row. */
  readonly opens: boolean;
};

type Cell = {
  readonly column: ColumnOptions;
  /** The label of a missing value. */
  readonly missing?: "notRead" | "notKnown" | "notWatched" | "notGone" | "noTags";
  /** Shows that label in full, because the value is read at another time than the rest. */
  readonly isSpelledOut?: true;
  /** Returns nothing for an unknown value. */
  readonly show: (row: DirectoryRow, context: CellContext) => ReactNode;
};

const text = (value: string | null) => value && <UntrustedText text={value} />;
const date = (value: Date | null, { format }: CellContext) =>
  value && <Instant at={value} format={format} />;

function change(
  of: "changeDay" | "changeWeek" | "changeMonth",
  meta: ColumnOptions["meta"] = {},
): Cell {
  return {
    column: { size: 132, sortDescFirst: true, meta: { numeric: true, ...meta } },
    missing: "notKnown",
    show: (row, { format }) =>
      row[of] && (
        <Marked value={row[of].absolute}>
          <ChangeText change={row[of]} format={format} />
        </Marked>
      ),
  };
}

function percent(of: "changeDay" | "changeWeek" | "changeMonth"): Cell {
  return {
    column: { size: 108, sortDescFirst: true, meta: { numeric: true } },
    missing: "notKnown",
    show: (row, { format }) =>
      row[of] &&
      row[of].percent !== null && <ChangeText change={row[of]} percent="alone" format={format} />,
  };
}

const CELLS: Readonly<Record<DirectoryColumnId, Cell>> = {
  avatarUrl: {
    column: {
      size: 52,
      minSize: 52,
      enableResizing: false,
      enableSorting: false,
      meta: { fixed: true, narrow: "aside" },
    },
    show: (row) => <Avatar url={row.avatarUrl} name={row.name ?? row.channelId} />,
  },
  name: {
    column: { size: 224, meta: { fixed: true, narrow: "start" } },
    show: (row, context) => <Name row={row} context={context} />,
  },
  channelId: {
    column: { size: 296 },
    show: (row, { words, opens }) => (
      <Identifier id={row.channelId} copyLabel={words("copyChannelId")} opens={opens} />
    ),
  },
  ownerId: {
    column: { size: 160 },
    show: (row, { words }) =>
      row.ownerId && <Identifier id={row.ownerId} copyLabel={words("copyOwnerId")} />,
  },
  organization: {
    column: { size: 184 },
    show: (row) => text(row.organization),
  },
  subscriberCount: {
    column: { size: 120, sortDescFirst: true, meta: { numeric: true, narrow: "end" } },
    missing: "notRead",
    show: ({ subscriberCount }, { format }) =>
      subscriberCount !== null && (
        <Marked value={subscriberCount}>{format.number(subscriberCount)}</Marked>
      ),
  },
  changeDay: change("changeDay"),
  changeDayPercent: percent("changeDay"),
  changeWeek: change("changeWeek", { narrow: "second" }),
  changeWeekPercent: percent("changeWeek"),
  changeMonth: change("changeMonth"),
  changeMonthPercent: percent("changeMonth"),
  trend: {
    column: { size: 120, enableSorting: false },
    missing: "notKnown",
    show: (row, { trends }) => {
      const trend = trends.get(row.key);
      return trend?.some((count) => count !== null) && <Sparkline values={trend} />;
    },
  },
  lastMessageAt: {
    column: { size: 120, sortDescFirst: true, meta: { narrow: "secondEnd" } },
    missing: "notRead",
    isSpelledOut: true,
    show: (row, { words, format, readAt }) => {
      const { lastMessageAt, lastMessageReadAt } = row;
      if (lastMessageAt) return <Instant at={lastMessageAt} since={readAt} format={format} />;
      return lastMessageReadAt && words("never");
    },
  },
  countedAt: {
    column: { size: 144, sortDescFirst: true },
    missing: "notRead",
    isSpelledOut: true,
    show: (row, { words, format, readAt }) => {
      const { countedAt } = row;
      if (!countedAt) return null;
      const instant = <Instant at={countedAt} since={readAt} format={format} />;
      if (!isOld(countedAt, readAt)) return instant;
      return (
        <span className="text-warn">
          {instant} · {words("old")}
        </span>
      );
    },
  },
  createdAt: {
    column: { size: 128, sortDescFirst: true },
    show: (row, context) => date(row.createdAt, context),
  },
  refreshState: {
    column: { size: 128, enableSorting: false },
    missing: "notWatched",
    show: (row, { states }) => {
      const { refreshState } = row;
      if (refreshState === "unwatched") return null;
      return <span className={STATE_TONES[refreshState]}>{states(refreshState)}</span>;
    },
  },
  firstSeenAt: {
    column: { size: 128, sortDescFirst: true },
    show: (row, context) => date(row.firstSeenAt, context),
  },
  goneAt: {
    column: { size: 128, sortDescFirst: true },
    missing: "notGone",
    show: (row, context) => date(row.goneAt, context),
  },
  tags: {
    column: { size: 128, enableSorting: false },
    missing: "noTags",
    show: (row) => row.tags.length > 0 && <UntrustedText text={row.tags.join(", ")} />,
  },
  introduction: {
    column: { size: 304, enableSorting: false },
    show: (row) => text(row.introduction),
  },
};

const STATE_TONES = { fresh: "", stale: "text-warn", failing: "text-bad", gone: "text-muted" };

const helper = createColumnHelper<typeof features, DirectoryRow>();

/** Returns the columns that the role sees. One of the shown ones opens the row. */
export function useDirectoryColumns(
  allowed: readonly DirectoryColumnId[],
  shown: readonly DirectoryColumnId[],
  { readAt, trends }: Pick<DirectoryAnswer, "readAt" | "trends">,
): DataColumn<DirectoryRow, DirectoryColumnId>[] {
  const words = useTranslations("channels");
  const states = useTranslations("channels.refreshStates");
  const labels = useColumnLabels();
  const format = useFormatter();
  return useMemo(() => {
    const opener = shown.includes("name") ? "name" : "channelId";
    return DIRECTORY_COLUMNS.filter((id) => allowed.includes(id)).map((id) => {
      const { column, missing = "nothing", isSpelledOut, show } = CELLS[id];
      const context = { words, states, format, readAt, trends, opens: id === opener };
      const nothing = words(missing);
      return {
        ...helper.accessor((row): unknown => row, {
          ...column,
          id,
          cell: ({ row: { original } }) =>
            show(original, context) || <MissingValue label={nothing} isSpelledOut={isSpelledOut} />,
        }),
        id,
        header: labels(id),
      };
    });
  }, [allowed, shown, readAt, trends, words, states, labels, format]);
}

/** The name, with marks for watched and gone channels. */
function Name({ row, context }: { row: DirectoryRow; context: CellContext }) {
  const { opens, words } = context;
  const name = row.name ? (
    <UntrustedText text={row.name} />
  ) : (
    <MissingValue label={words("nothing")} />
  );
  const watched = row.watchedByMe || row.watchedByTeam;
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      {opens ? <OpenMark label={row.name ? undefined : row.channelId}>{name}</OpenMark> : name}
      {watched && (
        <Eye
          role="img"
          aria-label={words(row.watchedByMe ? "watchedByYou" : "watchedByTeam")}
          className="size-3.5 shrink-0 text-muted"
        />
      )}
      {row.goneAt && <Badge tone="bad">{words("gone")}</Badge>}
    </span>
  );
}
