import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ChangeText } from "@/components/channel/change-text";
import { RefreshProblem } from "@/components/channel/refresh-problem";
import { RelativeTime } from "@/components/channel/relative-time";
import { Badge } from "@/components/ui/badge";
import type { Change } from "@/lib/channels/known-channel";
import type { SeenChannel } from "@/lib/channels/seen-channel";
import { visibleText } from "@/lib/visible-text";

type ViewFactsProps = { channel: SeenChannel; timeZone: string; readAt: Date };

/** What is known of a channel now, each number with when it was read. */
export function ViewFacts({ channel, timeZone, readAt }: ViewFactsProps) {
  const t = useTranslations("trend.facts");
  const fields = useTranslations("fields");
  const format = useFormatter();
  const { shown, subscriberCount, countedAt, lastMessageAt, lastMessageReadAt, tags } = channel;
  const unknown = <span className="text-muted">{t("unknown")}</span>;
  const moment = (at: Date) => (
    <time dateTime={at.toISOString()} title={exact(at)}>
      <RelativeTime at={at} readAt={readAt} />
    </time>
  );
  const exact = (at: Date) => format.dateTime(at, "exact", { timeZone });
  const text = (value: string | null) =>
    value ? <bdi className="break-words">{visibleText(value)}</bdi> : unknown;
  const message = () => {
    if (lastMessageAt) return moment(lastMessageAt);
    return lastMessageReadAt ? t("neverSent") : unknown;
  };
  const change = (moved: Change | null) =>
    moved ? <ChangeText change={moved} format={format} /> : unknown;
  const watchers = [channel.watchedByMe && t("you"), channel.watchedByTeam && t("team")].filter(
    (watcher) => watcher !== false,
  );
  // Only watched channels are refreshed, whoever it is that watches.
  const otherWatchers = t(channel.refreshMinutes === null ? "nobody" : "others");
  const counts: Fact[] = [
    [
      fields("subscriberCount"),
      <CountText key="count" count={subscriberCount} />,
      countedAt && t("readAt", { time: exact(countedAt) }),
    ],
    [t("changeDay"), change(channel.changeDay)],
    [t("changeWeek"), change(channel.changeWeek)],
    [t("changeMonth"), change(channel.changeMonth)],
  ];
  const facts: (Fact | false)[] = [
    ...(shown.includes("subscriberCount") ? counts : []),
    shown.includes("lastMessageAt") && [fields("lastMessageAt"), message()],
    shown.includes("ownerId") && [fields("ownerId"), text(channel.ownerId)],
    shown.includes("organization") && [fields("organization"), text(channel.organization)],
    shown.includes("createdAt") && [
      fields("createdAt"),
      channel.createdAt ? moment(channel.createdAt) : unknown,
    ],
    [t("knownSince"), moment(channel.firstSeenAt)],
    [t("watchedBy"), watchers.length > 0 ? format.list(watchers) : otherWatchers],
    tags.length > 0 && [t("tags"), <Tags key="tags" tags={tags} />],
    channel.goneAt !== null && [
      t("goneSince"),
      <span key="gone" className="break-keep text-bad">
        {exact(channel.goneAt)}
      </span>,
    ],
    channel.refreshProblem !== null && [
      t("refreshProblem"),
      <span key="problem" className="text-warn">
        <RefreshProblem problem={channel.refreshProblem} />
      </span>,
    ],
  ];
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3 rounded-control border border-line bg-raised p-3 sm:grid-cols-[repeat(auto-fill,minmax(13rem,1fr))]">
      {facts
        .filter((fact) => fact !== false)
        .map(([label, value, note]) => (
          <div key={label} className="min-w-0">
            <dt className="text-dense text-muted">{label}</dt>
            <dd>{value}</dd>
            {note && <dd className="break-keep text-dense text-muted">{note}</dd>}
          </div>
        ))}
    </dl>
  );
}

type Fact = readonly [label: string, value: ReactNode, note?: ReactNode];

function CountText({ count }: { count: number | null }) {
  const t = useTranslations("trend.facts");
  const format = useFormatter();
  if (count === null) return <span className="text-muted">{t("unknown")}</span>;
  return <span className="font-semibold text-title tabular-nums">{format.number(count)}</span>;
}

function Tags({ tags }: { tags: readonly string[] }) {
  return (
    <span className="flex flex-wrap gap-1">
      {tags.map((tag) => (
        <Badge key={tag}>
          <bdi>{visibleText(tag)}</bdi>
        </Badge>
      ))}
    </span>
  );
}
