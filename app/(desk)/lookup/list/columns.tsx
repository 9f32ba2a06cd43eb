"use client";

import { createColumnHelper } from "@tanstack/react-table";
import { useFormatter, useTranslations } from "next-intl";
import { type ReactNode, useContext, useMemo } from "react";
import { avatar, OwnOrigins } from "@/components/channel/avatar";
import { MissingValue, UntrustedText } from "@/components/channel/text";
import { Identifier, Instant } from "@/components/channel/values";
import { OpenMark } from "@/components/data-table/open-mark";
import type { ColumnOptions, DataColumn, features } from "@/components/data-table/table";
import type { FilterColumn } from "@/components/listing/filters/filter-column";
import { Skeleton } from "@/components/ui/screen";
import type { Field, Subscription } from "@/lib/chat-api/types";
import { type ColumnId, FILTER_KINDS } from "@/lib/subscriptions/filter";
import { Mask } from "../reveal/mask";

/** What a cell needs besides its row, the same for all rows. */
type CellContext = {
  readonly words: ReturnType<typeof useTranslations<"lookup">>;
  readonly format: ReturnType<typeof useFormatter>;
  readonly readAt: Date;
  readonly ownOrigins: readonly string[];
  /** Whether the text of this column opens the row. */
  readonly opens: boolean;
};

type Cell = {
  readonly column: ColumnOptions;
  /** Returns nothing where the vendor has no value. */
  readonly show: (row: Subscription, context: CellContext) => ReactNode;
};

// What has no hooks is called: a component for each cell costs too much in a long list.
const text = (value?: string | null) => value && UntrustedText({ text: value });
const code = (value?: string | null) =>
  value && UntrustedText({ text: value, className: "font-mono" });
const date = (value: Date | null | undefined, { format }: CellContext) =>
  value && Instant({ at: value, format });

/** A column is a field of the API. Their order here is their order on the screen. */
const CELLS: Readonly<Record<ColumnId, Cell>> = {
  avatarUrl: {
    column: {
      size: 52,
      minSize: 52,
      enableResizing: false,
      enableSorting: false,
      meta: { fixed: true, narrow: "aside" },
    },
    show: (row, { ownOrigins }) =>
      avatar(row.avatarUrl ?? null, row.name ?? row.channelId, ownOrigins),
  },
  name: {
    column: { size: 224, meta: { fixed: true, narrow: "start" } },
    show: (row, { opens, words }) => {
      if (!opens) return text(row.name);
      if (row.name) return OpenMark({ children: text(row.name) });
      return OpenMark({
        label: row.channelId,
        children: MissingValue({ label: words("nothing") }),
      });
    },
  },
  subscribedAt: {
    column: { size: 152, sortDescFirst: true },
    show: (row, context) => date(row.subscribedAt, context),
  },
  subscriberCount: {
    column: { size: 128, sortDescFirst: true, meta: { numeric: true, narrow: "end" } },
    show: (row, { format }) => row.subscriberCount != null && format.number(row.subscriberCount),
  },
  lastMessageAt: {
    column: { size: 144, sortDescFirst: true, meta: { narrow: "secondEnd" } },
    show: (row, { words, format, readAt }) =>
      row.lastMessageAt
        ? Instant({ at: row.lastMessageAt, since: readAt, format })
        : words("never"),
  },
  channelId: {
    column: { size: 264, enableHiding: false },
    show: (row, { words, opens }) =>
      Identifier({ id: row.channelId, copyLabel: words("copyChannelId"), opens }),
  },
  ownerId: {
    column: { size: 160, meta: { narrow: "second" } },
    show: (row, { words }) =>
      row.ownerId && Identifier({ id: row.ownerId, copyLabel: words("copyOwnerId") }),
  },
  createdAt: {
    column: { size: 136, sortDescFirst: true },
    show: (row, context) => date(row.createdAt, context),
  },
  introduction: {
    column: { size: 304 },
    show: (row) => text(row.introduction),
  },
  organization: {
    column: { size: 184 },
    show: (row) => text(row.organization),
  },
  customString: {
    column: { size: 248 },
    show: (row) => code(row.customString),
  },
  subscriberCustomString: {
    column: { size: 248 },
    show: (row) => code(row.subscriberCustomString),
  },
};

const SCREEN_ORDER = Object.keys(CELLS) as ColumnId[];

const helper = createColumnHelper<typeof features, Subscription>();

type Fields = {
  /** The fields that the role sees, now or after giving a reason. */
  readonly offered: readonly Field[];
  readonly shown: readonly Field[];
  /** Of these a mask shows where the value is not known. */
  readonly masked: readonly Field[];
  /** Other fields cannot be sorted by. */
  readonly readable: readonly Field[];
};

/** Returns the columns of the offered fields, and always the channel's id. One of them opens the row. */
export function useSubscriptionColumns(
  { offered, shown, masked, readable }: Fields,
  readAt: Date,
): DataColumn<Subscription, ColumnId>[] {
  const words = useTranslations("lookup");
  const reveal = useTranslations("reveal");
  const labels = useTranslations("fields");
  const format = useFormatter();
  const ownOrigins = useContext(OwnOrigins);
  return useMemo(() => {
    const ids: readonly string[] = [...offered, "channelId"];
    const isMasked = (id: ColumnId): id is Field => masked.some((field) => field === id);
    const isReadable = (id: ColumnId) => id === "channelId" || readable.includes(id);
    const opener = shown.includes("name") && isReadable("name") ? "name" : "channelId";
    const unreadable = <span className="text-warn">{words("unreadable")}</span>;
    const maskOf = (field: Field) => (
      <Mask field={field} label={reveal("of", { field: labels(field) })}>
        {(CELLS[field].column.size ?? 0) >= WIDE_ENOUGH && reveal("reveal")}
      </Mask>
    );
    // The column that opens the row comes first.
    const order = new Set<ColumnId>(["avatarUrl", opener, ...SCREEN_ORDER]);
    return [...order]
      .filter((id) => ids.includes(id))
      .map((id) => {
        const { column, show } = CELLS[id];
        const context = { words, format, readAt, ownOrigins, opens: id === opener };
        // A column that was just chosen: its values are on their way.
        const unknown = isMasked(id) ? maskOf(id) : LOADING;
        return {
          ...helper.accessor((row): unknown => row[id], {
            ...column,
            enableSorting: column.enableSorting !== false && isReadable(id),
            id,
            cell: ({ row: { original } }) => {
              if (original[id] !== undefined)
                return show(original, context) || MissingValue({ label: words("nothing") });
              return original.unreadable?.some((field) => field === id) ? unreadable : unknown;
            },
          }),
          id,
          header: labels(id),
        };
      });
  }, [offered, shown, masked, readable, readAt, words, reveal, labels, format, ownOrigins]);
}

const WIDE_ENOUGH = 100;

const LOADING = <Skeleton className="h-3.5 w-20" />;

/** Returns how a column is filtered. */
export function filterColumn(id: ColumnId, label: string): FilterColumn<ColumnId> {
  return { id, label, kind: FILTER_KINDS[id], never: id === "lastMessageAt" };
}
