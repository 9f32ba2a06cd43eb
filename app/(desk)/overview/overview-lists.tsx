"use client";

import { useFormatter, useTranslations } from "next-intl";
import { ChangeText } from "@/components/channel/change-text";
import { Instant } from "@/components/channel/instant";
import { Sparkline } from "@/components/channel/sparkline";
import { ChannelList, type ListColumn } from "./channel-list";
import type { OverviewAnswer, OverviewList } from "./overview-answer";

/** What has happened to channels in the last seven days. */
export function OverviewLists({ answer }: { answer: OverviewAnswer }) {
  const t = useTranslations("overview");
  const format = useFormatter();
  const { gainers, losers, newlySilent, gone } = answer;
  const moves: readonly ListColumn[] = [
    {
      name: t("columns.week"),
      width: "w-24",
      cell: ({ change }) => change && <ChangeText change={change} stacked format={format} />,
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
    <div className="grid grid-cols-[minmax(0,1fr)] gap-x-8 gap-y-6 md:grid-cols-2">
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
