"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { type Fact, FactList, FactValue } from "@/components/channel/facts";
import { RelativeTime } from "@/components/channel/relative-time";
import { ChangeText, ProblemCode } from "@/components/channel/values";
import { useClock } from "@/components/ui/use-clock";
import {
  type DirectoryColumnId,
  isAllowed,
  type Shown,
} from "@/lib/channels/directory/search-params";
import { type DirectoryRow, isOld } from "../directory";
import { useColumnLabels } from "../use-column-labels";

type ChannelFactsProps = { channel: DirectoryRow; shown: Shown };

/** The facts of a channel that the role may see: counts, vendor fields, history of refreshes. */
export function ChannelFacts({ channel, shown }: ChannelFactsProps) {
  const t = useTranslations("channels");
  const labels = useColumnLabels();
  const format = useFormatter();
  const may = (facts: readonly ColumnFact[]) => facts.filter(({ id }) => isAllowed(id, shown));
  const exact = (id: DirectoryColumnId, value: Date | number | string | null, nothing: string) => ({
    id,
    label: labels(id),
    value: (
      <FactValue
        label={labels(id)}
        value={value}
        look={id === "ownerId" || id === "avatarUrl" ? "code" : "text"}
        nothing={nothing}
      />
    ),
  });
  const change = (id: "changeDay" | "changeWeek" | "changeMonth") => {
    const moved = channel[id];
    const value = moved ? (
      <ChangeText change={moved} format={format} />
    ) : (
      <Muted>{t("notKnown")}</Muted>
    );
    return { id, label: labels(id), value };
  };
  const { countedAt, refreshMinutes, refreshProblem } = channel;
  const isLate = useClock(
    (now) => countedAt !== null && isOld(countedAt, new Date(now)),
    channel.seenAt,
  );
  const never = t(channel.lastMessageReadAt ? "never" : "notRead");
  return (
    <>
      <FactList
        title={t("drawer.counts")}
        facts={may([
          exact("subscriberCount", channel.subscriberCount, t(countedAt ? "nothing" : "notRead")),
          change("changeDay"),
          change("changeWeek"),
          change("changeMonth"),
          {
            id: "countedAt",
            label: labels("countedAt"),
            value: countedAt ? (
              <span className={isLate ? "text-warn" : ""}>
                <span>
                  <RelativeTime at={countedAt} readAt={countedAt} /> ·{" "}
                  {format.dateTime(countedAt, "exact")}
                </span>
                {isLate && <span> · {t("old")}</span>}
              </span>
            ) : (
              <Muted>{t("notRead")}</Muted>
            ),
          },
        ])}
      />
      <FactList
        title={t("drawer.vendor")}
        facts={may([
          exact("name", channel.name, t("nothing")),
          exact("ownerId", channel.ownerId, t("nothing")),
          exact("organization", channel.organization, t("nothing")),
          exact("lastMessageAt", channel.lastMessageAt, never),
          exact("createdAt", channel.createdAt, t("nothing")),
          exact("introduction", channel.introduction, t("nothing")),
          exact("avatarUrl", channel.avatarUrl, t("nothing")),
        ])}
      />
      <FactList
        title={t("drawer.desk")}
        facts={[
          exact("firstSeenAt", channel.firstSeenAt, ""),
          {
            id: "seenAt",
            label: t("drawer.seenAt"),
            value: format.dateTime(channel.seenAt, "exact"),
          },
          {
            id: "refresh",
            label: t("drawer.refresh"),
            value:
              refreshMinutes === null
                ? t("drawer.refreshNever")
                : t("drawer.refreshEvery", { minutes: refreshMinutes }),
          },
          ...(refreshProblem === null
            ? []
            : [
                {
                  id: "problem",
                  label: t("drawer.refreshProblem"),
                  value: (
                    <span className="text-warn">
                      <ProblemCode code={refreshProblem} />
                    </span>
                  ),
                },
              ]),
        ]}
      />
    </>
  );
}

type ColumnFact = Fact & { readonly id: DirectoryColumnId };

function Muted({ children }: { children: ReactNode }) {
  return <span className="text-muted">{children}</span>;
}
