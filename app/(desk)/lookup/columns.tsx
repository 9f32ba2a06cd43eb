"use client";

import { useFormatter, useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { Avatar } from "@/components/channel/avatar";
import { Identifier } from "@/components/channel/identifier";
import { Instant } from "@/components/channel/instant";
import { UntrustedText } from "@/components/channel/untrusted-text";
import type { ColumnLook, DataColumn } from "@/components/data-table/column";
import { OpenMark } from "@/components/data-table/open-mark";
import { Skeleton } from "@/components/ui/skeleton";
import type { Field, Subscription } from "@/lib/chat-api/types";
import type { ColumnId } from "@/lib/subscriptions/filter";
import { Mask } from "./mask";

/** What a cell needs besides its row, found once for all of them. */
type Given = {
  readonly words: ReturnType<typeof useTranslations<"lookup">>;
  readonly format: ReturnType<typeof useFormatter>;
  readonly readAt: Date;
  /** This column's text opens the row. */
  readonly opens: boolean;
};

type Cell = {
  readonly look: ColumnLook;
  /** Nothing where the vendor gives nothing. */
  readonly show: (row: Subscription, given: Given) => ReactNode;
};

const text = (value?: string | null) => value && <UntrustedText text={value} />;
const code = (value?: string | null) =>
  value && <UntrustedText text={value} className="font-mono" />;
const date = (value: Date | null | undefined, { format }: Given) =>
  value && <Instant at={value} format={format} />;

/** A column is a field of the API. Their order here is their order on the screen. */
const CELLS: Readonly<Record<ColumnId, Cell>> = {
  avatarUrl: {
    look: { width: 52, pinned: true, narrow: "aside" },
    show: (row) => <Avatar url={row.avatarUrl ?? null} name={row.name ?? row.channelId} />,
  },
  name: {
    look: { width: 224, pinned: true, sorts: "ascending", narrow: "start" },
    show: (row, { opens, words }) => {
      if (!opens) return text(row.name);
      if (row.name) return <OpenMark>{text(row.name)}</OpenMark>;
      return (
        <OpenMark label={row.channelId}>
          <Nothing label={words("nothing")} />
        </OpenMark>
      );
    },
  },
  channelId: {
    look: { width: 296, required: true, sorts: "ascending" },
    show: (row, { words, opens }) => (
      <Identifier id={row.channelId} copyLabel={words("copyChannelId")} opens={opens} />
    ),
  },
  ownerId: {
    look: { width: 160, sorts: "ascending", narrow: "second" },
    show: (row, { words }) =>
      row.ownerId && <Identifier id={row.ownerId} copyLabel={words("copyOwnerId")} />,
  },
  subscriberCount: {
    look: { width: 128, numeric: true, sorts: "descending", narrow: "end" },
    show: (row, { format }) => row.subscriberCount != null && format.number(row.subscriberCount),
  },
  lastMessageAt: {
    look: { width: 144, sorts: "descending", narrow: "secondEnd" },
    show: (row, { words, format, readAt }) =>
      row.lastMessageAt ? (
        <Instant at={row.lastMessageAt} since={readAt} format={format} />
      ) : (
        words("never")
      ),
  },
  createdAt: {
    look: { width: 136, sorts: "descending" },
    show: (row, given) => date(row.createdAt, given),
  },
  introduction: {
    look: { width: 304, sorts: "ascending" },
    show: (row) => text(row.introduction),
  },
  organization: {
    look: { width: 184, sorts: "ascending" },
    show: (row) => text(row.organization),
  },
  customString: {
    look: { width: 248, sorts: "ascending" },
    show: (row) => code(row.customString),
  },
  subscribedAt: {
    look: { width: 152, sorts: "descending" },
    show: (row, given) => date(row.subscribedAt, given),
  },
  subscriberCustomString: {
    look: { width: 248, sorts: "ascending" },
    show: (row) => code(row.subscriberCustomString),
  },
};

const SCREEN_ORDER = Object.keys(CELLS) as ColumnId[];

type Fields = {
  readonly shown: readonly Field[];
  /** Of these a mask shows where the value is not known. */
  readonly masked: readonly Field[];
  /** What is not among these cannot be sorted by. */
  readonly readable: readonly Field[];
};

/** The columns of the fields shown, and always the channel's id. One of them opens the row. */
export function useSubscriptionColumns(
  { shown, masked, readable }: Fields,
  readAt: Date,
): DataColumn<Subscription, ColumnId>[] {
  const words = useTranslations("lookup");
  const reveal = useTranslations("reveal");
  const labels = useTranslations("fields");
  const format = useFormatter();
  return useMemo(() => {
    const wanted: readonly string[] = [...shown, "channelId"];
    const isMasked = (id: ColumnId): id is Field => masked.some((field) => field === id);
    const isReadable = (id: ColumnId) => id === "channelId" || readable.includes(id);
    const opener = shown.includes("name") && isReadable("name") ? "name" : "channelId";
    const unreadable = <span className="text-warn">{words("unreadable")}</span>;
    const maskOf = (field: Field) => (
      <Mask field={field} label={reveal("of", { field: labels(field) })}>
        {CELLS[field].look.width >= WIDE_ENOUGH && reveal("reveal")}
      </Mask>
    );
    return SCREEN_ORDER.filter((id) => wanted.includes(id)).map((id) => {
      const { look, show } = CELLS[id];
      const given = { words, format, readAt, opens: id === opener };
      // A column that was just chosen: its values are on their way.
      const unknown = isMasked(id) ? maskOf(id) : ON_ITS_WAY;
      return {
        ...(isReadable(id) ? look : { ...look, sorts: undefined }),
        id,
        header: labels(id),
        cell: (row) => {
          if (row[id] !== undefined)
            return show(row, given) || <Nothing label={words("nothing")} />;
          return row.unreadable?.some((field) => field === id) ? unreadable : unknown;
        },
      };
    });
  }, [shown, masked, readable, readAt, words, reveal, labels, format]);
}

const WIDE_ENOUGH = 100;

const ON_ITS_WAY = <Skeleton className="h-3.5 w-20" />;

function Nothing({ label }: { label: string }) {
  return (
    <span title={label} className="text-muted">
      <span aria-hidden>–</span>
      <span className="sr-only">{label}</span>
    </span>
  );
}
