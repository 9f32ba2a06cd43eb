"use client";

import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { Avatar } from "@/components/channel/avatar";
import { Sparkline } from "@/components/channel/sparkline";
import { ChangeText, Instant } from "@/components/channel/values";
import { SmallTable } from "@/components/data-table/small-table";
import { channelAddress, channelsAddress } from "@/lib/channels/channels-address";
import { visibleText } from "@/lib/visible-text";
import type { OverviewAnswer, OverviewChannel, OverviewList } from "./overview-answer";

type OverviewListsProps = { answer: OverviewAnswer; defaultApp: string };

/** Changes of watched channels in the last seven days. */
export function OverviewLists({ answer, defaultApp }: OverviewListsProps) {
  const t = useTranslations("overview");
  const format = useFormatter();
  const moves: readonly ListColumn[] = [
    {
      name: t("columns.week"),
      width: "w-24",
      cell: ({ changeWeek }) =>
        changeWeek && <ChangeText change={changeWeek} percent="below" format={format} />,
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
  const lists = {
    gainers: moves,
    losers: moves,
    newlySilent: time(t("columns.lastMessage"), "lastMessageAt"),
    gone: time(t("columns.gone"), "goneAt"),
  };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-6 md:grid-cols-2 print:grid-cols-2 print:gap-y-3">
      {(Object.keys(lists) as (keyof typeof lists)[]).map((id) => {
        const list = answer[id];
        return (
          list && (
            <ChannelList key={id} title={t(id)} {...{ list, defaultApp }} columns={lists[id]} />
          )
        );
      })}
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
  defaultApp: string;
  /** Columns besides the channel. */
  columns: readonly ListColumn[];
};

/** The first channels of a list, with a link to the whole list. */
function ChannelList({ title, list, defaultApp, columns }: ChannelListProps) {
  const t = useTranslations("overview");
  const id = useId();
  const { query, count, rows } = list;
  return (
    <section aria-labelledby={id} className="grid grid-cols-[minmax(0,1fr)] content-start gap-2">
      <div className="flex items-baseline gap-3">
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        <Link
          prefetch={false}
          href={channelsAddress(query, defaultApp)}
          aria-describedby={id}
          className="text-accent-ink tabular-nums underline-offset-2 hover:underline"
        >
          {t("all", { count })}
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
              <ChannelName key="channel" {...{ channel, defaultApp }} />,
              ...columns.map(({ cell }) => cell(channel)),
            ],
          }))}
          framed={false}
        />
      )}
    </section>
  );
}

type ChannelNameProps = { channel: OverviewChannel; defaultApp: string };

function ChannelName({ channel, defaultApp }: ChannelNameProps) {
  const t = useTranslations("overview");
  const format = useFormatter();
  const { app, channelId, name, avatarUrl, subscriberCount } = channel;
  const shown = visibleText(name ?? channelId);
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span className="shrink-0">
        <Avatar url={avatarUrl} name={name ?? channelId} />
      </span>
      <span className="min-w-0">
        <Link
          prefetch={false}
          href={channelAddress(app, channelId, defaultApp)}
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
