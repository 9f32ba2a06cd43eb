"use client";

import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { Avatar } from "@/components/channel/avatar";
import { Sparkline } from "@/components/channel/sparkline";
import { ChangeText, Instant } from "@/components/channel/values";
import { SmallTable } from "@/components/data-table/small-table";
import { visibleText } from "@/lib/visible-text";
import type { OverviewAnswer, OverviewChannel, OverviewList } from "./overview-answer";

/** Changes of watched channels in the last seven days. */
export function OverviewLists({ answer }: { answer: OverviewAnswer }) {
  const t = useTranslations("overview");
  const format = useFormatter();
  const { gainers, losers, newlySilent, gone } = answer;
  const moves: readonly ListColumn[] = [
    {
      name: t("columns.week"),
      width: "w-24",
      cell: ({ change }) =>
        change && <ChangeText change={change} percent="below" format={format} />,
    },
    {
      name: t("columns.trend"),
      width: "w-28",
      cell: ({ trend }) => trend && <Sparkline values={trend} />,
    },
  ];
  const time = (name: string, at: "lastMessageAt" | "goneAt"): readonly ListColumn[] => [
    {
      name,
      width: "w-32",
      cell: (channel) => {
        const moment = channel[at];
        return moment && <Instant at={moment} format={format} />;
      },
    },
  ];
  const all = ({ count }: OverviewList) => t("all", { count });
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-6 md:grid-cols-2 print:grid-cols-2 print:gap-y-3">
      {gainers && (
        <ChannelList title={t("gainers")} list={gainers} all={all(gainers)} columns={moves} />
      )}
      {losers && (
        <ChannelList title={t("losers")} list={losers} all={all(losers)} columns={moves} />
      )}
      {newlySilent && (
        <ChannelList
          title={t("newlySilent")}
          list={newlySilent}
          all={all(newlySilent)}
          columns={time(t("columns.lastMessage"), "lastMessageAt")}
        />
      )}
      <ChannelList
        title={t("gone")}
        list={gone}
        all={all(gone)}
        columns={time(t("columns.gone"), "goneAt")}
      />
    </div>
  );
}

type ListColumn = {
  readonly name: string;
  readonly width: `w-${number}`;
  readonly cell: (channel: OverviewChannel) => ReactNode;
};

type ChannelListProps = {
  title: string;
  list: OverviewList;
  /** The label of the link to the whole list. */
  all: string;
  /** Columns besides the channel. */
  columns: readonly ListColumn[];
};

/** The first channels of a list, with a link to the whole list. */
function ChannelList({ title, list, all, columns }: ChannelListProps) {
  const t = useTranslations("overview");
  const id = useId();
  const { href, rows } = list;
  return (
    <section aria-labelledby={id} className="grid grid-cols-[minmax(0,1fr)] content-start gap-2">
      <div className="flex items-baseline gap-3">
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        <Link
          prefetch={false}
          href={href}
          aria-describedby={id}
          className="text-accent-ink tabular-nums underline-offset-2 hover:underline"
        >
          {all}
        </Link>
      </div>
      {rows.length === 0 ? (
        <p className="border-line border-t py-2 text-muted">{t("none")}</p>
      ) : (
        <SmallTable
          title={title}
          className="table-fixed border-line border-t"
          columns={[
            { name: t("columns.channel") },
            ...columns.map(({ name, width }) => ({ name, isNumber: true, className: width })),
          ]}
          rows={rows.map((channel) => ({
            key: channel.channelId,
            cells: [
              <ChannelName key="channel" channel={channel} />,
              ...columns.map(({ cell }) => cell(channel)),
            ],
          }))}
          framed={false}
        />
      )}
    </section>
  );
}

function ChannelName({ channel }: { channel: OverviewChannel }) {
  const t = useTranslations("overview");
  const format = useFormatter();
  const { channelId, name, avatarUrl, subscriberCount, href } = channel;
  const shown = visibleText(name ?? channelId);
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span className="shrink-0">
        <Avatar url={avatarUrl} name={name ?? channelId} />
      </span>
      <span className="min-w-0">
        <Link
          prefetch={false}
          href={href}
          title={shown}
          className="block truncate font-medium underline-offset-2 hover:underline"
        >
          <bdi>{shown}</bdi>
        </Link>
        {subscriberCount !== null && (
          <span className="block truncate text-dense text-muted tabular-nums">
            <span className="sm:hidden">{format.number(subscriberCount)}</span>
            <span className="max-sm:hidden">
              {t("subscribers", {
                count: format.number(subscriberCount),
                value: subscriberCount,
              })}
            </span>
          </span>
        )}
      </span>
    </span>
  );
}
