"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { Avatar } from "@/components/channel/avatar";
import { Count } from "@/components/channel/count";
import { Identifier } from "@/components/channel/identifier";
import { Instant } from "@/components/channel/instant";
import { UntrustedText } from "@/components/channel/untrusted-text";
import type { ColumnLook, DataColumn } from "@/components/data-table/data-table";
import { Skeleton } from "@/components/ui/skeleton";
import type { Field, Subscription } from "@/lib/chat-api/types";

type ColumnId = Field | "channelId";
type Words = ReturnType<typeof useTranslations<"lookup">>;
type Cell = {
  readonly look: ColumnLook;
  /** Nothing where the vendor gives nothing. */
  readonly show: (row: Subscription, words: Words, readAt: Date) => ReactNode;
};

const text = (value?: string | null) => value && <UntrustedText text={value} />;
const code = (value?: string | null) =>
  value && <UntrustedText text={value} className="font-mono" />;
const date = (value?: Date | null) => value && <Instant at={value} />;

/** A column is a field of the API. Their order here is their order on the screen. */
const CELLS: Readonly<Record<ColumnId, Cell>> = {
  avatarUrl: {
    look: { width: "sm:w-0", narrow: "aside" },
    show: (row) => <Avatar url={row.avatarUrl ?? null} name={row.name ?? row.channelId} />,
  },
  name: {
    look: { width: "min-w-40 max-w-72", pinned: true, narrow: "start" },
    show: (row) => text(row.name),
  },
  channelId: {
    look: { width: "max-w-80" },
    show: (row, words) => <Identifier id={row.channelId} copyLabel={words("copyChannelId")} />,
  },
  ownerId: {
    look: { width: "max-w-56", narrow: "second" },
    show: (row, words) =>
      row.ownerId && <Identifier id={row.ownerId} copyLabel={words("copyOwnerId")} />,
  },
  subscriberCount: {
    look: { width: "", numeric: true, narrow: "end" },
    show: (row) => row.subscriberCount != null && <Count value={row.subscriberCount} />,
  },
  lastMessageAt: {
    look: { width: "", narrow: "second" },
    show: (row, words, readAt) =>
      row.lastMessageAt ? <Instant at={row.lastMessageAt} since={readAt} /> : words("never"),
  },
  createdAt: { look: { width: "" }, show: (row) => date(row.createdAt) },
  introduction: { look: { width: "max-w-80" }, show: (row) => text(row.introduction) },
  organization: { look: { width: "max-w-56" }, show: (row) => text(row.organization) },
  customString: { look: { width: "max-w-72" }, show: (row) => code(row.customString) },
  subscribedAt: { look: { width: "" }, show: (row) => date(row.subscribedAt) },
  subscriberCustomString: {
    look: { width: "max-w-72" },
    show: (row) => code(row.subscriberCustomString),
  },
};

const COLUMN_IDS = Object.keys(CELLS) as ColumnId[];

/** The columns of these fields, and always the channel's id. */
export function useSubscriptionColumns(
  fields: readonly Field[],
  readAt: Date,
): DataColumn<Subscription>[] {
  const words = useTranslations("lookup");
  const labels = useTranslations("fields");
  return useMemo(() => {
    const wanted: readonly string[] = [...fields, "channelId"];
    return COLUMN_IDS.filter((id) => wanted.includes(id)).map((id) => ({
      id,
      header: labels(id),
      meta: CELLS[id].look,
      cell: ({ row: { original } }) =>
        // A column that was just chosen: its values are on their way.
        original[id] === undefined ? (
          <Skeleton className="h-3.5 w-20" />
        ) : (
          CELLS[id].show(original, words, readAt) || <Nothing label={words("nothing")} />
        ),
    }));
  }, [fields, readAt, words, labels]);
}

function Nothing({ label }: { label: string }) {
  return (
    <span title={label} className="text-muted">
      <span aria-hidden>–</span>
      <span className="sr-only">{label}</span>
    </span>
  );
}
