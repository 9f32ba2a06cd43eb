import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { RelativeTime } from "@/components/channel/relative-time";
import { TextBlock } from "@/components/channel/text";
import { ChangeText, ProblemCode } from "@/components/channel/values";
import { Alert } from "@/components/ui/alert";
import { CopyButton } from "@/components/ui/copy";
import { Marked } from "@/components/ui/marked";
import type { Change, VisibleChannel } from "@/lib/channels/known-channel";
import { visibleText } from "@/lib/visible-text";
import { isOld } from "../directory";

type ChannelFactsProps = {
  channel: VisibleChannel;
  /** The person's own by default. */
  timeZone?: string;
  /** The base of relative times. */
  readAt: Date;
};

/** The present facts of a channel that the role may see, with the times at which they were read. */
export function ChannelFacts({ channel, timeZone, readAt }: ChannelFactsProps) {
  const t = useTranslations("channels");
  const words = useTranslations("channels.facts");
  const fields = useTranslations("fields");
  const copy = useTranslations("drawer");
  const format = useFormatter();
  const { shown, subscriberCount, countedAt, lastMessageAt, lastMessageReadAt, goneAt } = channel;
  const exact = (at: Date) => format.dateTime(at, "exact", timeZone ? { timeZone } : {});
  const muted = (text: string) => <span className="text-muted">{text}</span>;
  const moment = (label: string, at: Date | null, missing: string): Fact =>
    at
      ? [
          label,
          <time key="time" dateTime={at.toISOString()}>
            <RelativeTime at={at} readAt={readAt} />
          </time>,
          exact(at),
        ]
      : [label, muted(missing)];
  const text = (field: "ownerId" | "organization"): Fact => {
    const value = channel[field];
    const label = fields(field);
    if (!value) return [label, muted(t("nothing"))];
    return [
      label,
      <span key={field} className="flex items-start gap-1">
        <bdi className={`min-w-0 wrap-anywhere ${field === "ownerId" ? "font-mono" : ""}`}>
          {visibleText(value)}
        </bdi>
        <CopyButton value={value} label={copy("copy", { what: label })} />
      </span>,
    ];
  };
  const change = (label: string, moved: Change | null): Fact => [
    label,
    moved ? <ChangeText key="change" change={moved} format={format} /> : muted(t("notKnown")),
  ];
  const count =
    subscriberCount === null ? (
      muted(t(countedAt ? "nothing" : "notRead"))
    ) : (
      <span className="font-semibold text-hero tabular-nums">
        <Marked value={subscriberCount}>{format.number(subscriberCount)}</Marked>
      </span>
    );
  const countNote = countedAt && (
    <span className={isOld(countedAt, readAt) ? "text-warn" : ""}>
      <span>{words("readAt", { time: exact(countedAt) })}</span>
      {isOld(countedAt, readAt) && <span>{` · ${t("old")}`}</span>}
    </span>
  );
  const watchers = [
    channel.watchedByMe && words("you"),
    channel.watchedByTeam && words("team"),
  ].filter((watcher) => watcher !== false);
  // A refresh period means that somebody watches the channel.
  const { refreshMinutes, refreshProblem } = channel;
  const otherWatchers = words(refreshMinutes === null ? "nobody" : "others");
  const facts: readonly (Fact | false)[] = [
    ...(shown.includes("subscriberCount")
      ? [
          [fields("subscriberCount"), count, countNote] as const,
          change(words("changeDay"), channel.changeDay),
          change(words("changeWeek"), channel.changeWeek),
          change(words("changeMonth"), channel.changeMonth),
        ]
      : []),
    shown.includes("lastMessageAt") &&
      moment(fields("lastMessageAt"), lastMessageAt, t(lastMessageReadAt ? "never" : "notRead")),
    shown.includes("ownerId") && text("ownerId"),
    shown.includes("organization") && text("organization"),
    shown.includes("createdAt") && moment(fields("createdAt"), channel.createdAt, t("nothing")),
    moment(words("firstSeenAt"), channel.firstSeenAt, ""),
    moment(words("seenAt"), channel.seenAt, ""),
    [words("watchedBy"), watchers.length > 0 ? format.list(watchers) : otherWatchers],
    [
      words("refresh"),
      refreshMinutes === null
        ? words("refreshNever")
        : words("refreshEvery", { minutes: refreshMinutes }),
    ],
    refreshProblem !== null && [
      words("refreshProblem"),
      <span key="problem" className="text-warn">
        <ProblemCode code={refreshProblem} />
      </span>,
    ],
  ];
  return (
    <>
      {goneAt && <Alert tone="warn">{words("goneSince", { time: exact(goneAt) })}</Alert>}
      {shown.includes("introduction") && channel.introduction && (
        <TextBlock text={channel.introduction} className="max-w-prose text-muted" />
      )}
      <dl className="grid grid-cols-[repeat(auto-fill,minmax(min(13rem,45%),1fr))] gap-x-6 gap-y-3 rounded-control border border-line bg-raised p-3">
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
    </>
  );
}

type Fact = readonly [label: string, value: ReactNode, note?: ReactNode];
