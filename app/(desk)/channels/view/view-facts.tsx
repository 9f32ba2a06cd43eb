import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
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
    <Moment at={at} words={format.relativeTime(at, readAt)} exact={exact(at)} />
  );
  const exact = (at: Date) => format.dateTime(at, "exact", { timeZone });
  const text = (value: string | null) =>
    value ? <bdi className="break-words">{visibleText(value)}</bdi> : unknown;
  const message = () => {
    if (lastMessageAt) return moment(lastMessageAt);
    return lastMessageReadAt ? t("neverSent") : unknown;
  };
  const watchers = [channel.watchedByMe && t("you"), channel.watchedByTeam && t("team")].filter(
    (watcher) => watcher !== false,
  );
  const counts: Fact[] = [
    [
      fields("subscriberCount"),
      <CountText key="count" count={subscriberCount} />,
      countedAt && t("readAt", { time: exact(countedAt) }),
    ],
    [t("changeDay"), <ChangeText key="day" change={channel.changeDay} />],
    [t("changeWeek"), <ChangeText key="week" change={channel.changeWeek} />],
    [t("changeMonth"), <ChangeText key="month" change={channel.changeMonth} />],
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
    [t("watchedBy"), watchers.length > 0 ? format.list(watchers) : t("nobody")],
    tags.length > 0 && [t("tags"), <Tags key="tags" tags={tags} />],
    channel.goneAt !== null && [
      t("goneSince"),
      <span key="gone" className="break-keep text-bad">
        {exact(channel.goneAt)}
      </span>,
    ],
    channel.refreshProblem !== null && [
      t("refreshProblem"),
      <Problem key="problem" problem={channel.refreshProblem} />,
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

function Moment({ at, words, exact }: { at: Date; words: string; exact: string }) {
  return (
    <time dateTime={at.toISOString()} title={exact}>
      {words}
    </time>
  );
}

function CountText({ count }: { count: number | null }) {
  const t = useTranslations("trend.facts");
  const format = useFormatter();
  if (count === null) return <span className="text-muted">{t("unknown")}</span>;
  return <span className="font-semibold text-title tabular-nums">{format.number(count)}</span>;
}

function ChangeText({ change }: { change: Change | null }) {
  const t = useTranslations("trend.facts");
  const format = useFormatter();
  if (change === null) return <span className="text-muted">{t("unknown")}</span>;
  const { absolute, percent } = change;
  return (
    <span className="tabular-nums">
      {format.number(absolute, { signDisplay: "exceptZero" })}
      {percent !== null && (
        <span className="text-muted">
          {" "}
          {format.number(percent / 100, {
            style: "percent",
            signDisplay: "exceptZero",
            maximumFractionDigits: 2,
          })}
        </span>
      )}
    </span>
  );
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

/** The vendor's number with its meaning, or the kind of failure. */
function Problem({ problem }: { problem: string }) {
  const t = useTranslations("failures");
  const meaning = `codes.${problem}` as "codes.6017";
  return (
    <span className="text-warn">
      <span className="font-mono">{problem}</span> {t.has(meaning) && t(meaning)}
    </span>
  );
}
