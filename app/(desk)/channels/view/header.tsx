import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Avatar } from "@/components/channel/avatar";
import { RelativeTime } from "@/components/channel/relative-time";
import { TextBlock } from "@/components/channel/text";
import { ChangeText, ProblemCode } from "@/components/channel/values";
import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy";
import { Marked } from "@/components/ui/marked";
import { type Change, namedChannel, type VisibleChannel } from "@/lib/channels/known-channel";
import type { ChatAppLabel } from "@/lib/chat";
import { visibleText } from "@/lib/visible-text";
import { ChannelActions } from "../row/channel-actions";
import { directoryAddress } from "./params";
import type { TrendView } from "./read-trend";

type ViewHeadProps = {
  channel: VisibleChannel;
  app: ChatAppLabel;
  timeZone: string;
  /** The base of relative times. */
  readAt: Date;
  /** The default refresh period of watched channels, in minutes. */
  refreshMinutes: number;
};

/** The channel's name, ID and present facts. */
export function ViewHead({ channel, app, timeZone, readAt, refreshMinutes }: ViewHeadProps) {
  const t = useTranslations("trend");
  const { channelId, name, avatarUrl, shown, introduction, watchedByMe, watchedByTeam } = channel;
  const title = name || channelId;
  return (
    <header className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <Link
        prefetch={false}
        href={directoryAddress(app.slug, channelId)}
        className="inline-flex items-center gap-1 justify-self-start text-accent-ink underline-offset-4 hover:underline"
      >
        <ArrowLeft aria-hidden className="size-4" />
        {t("toDirectory")}
      </Link>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        {shown.includes("avatarUrl") && (
          <div className="[&>span]:size-12 [&>span]:text-title">
            <Avatar url={avatarUrl} name={title} />
          </div>
        )}
        <div className="min-w-0 flex-1 basis-60">
          <h1 className="font-semibold text-title">
            <bdi className="block break-words">{visibleText(title)}</bdi>
          </h1>
          <p className="flex items-center gap-1">
            <bdi className="min-w-0 break-all font-mono text-dense text-muted">
              {visibleText(channelId)}
            </bdi>
            <CopyButton value={channelId} label={t("copyChannelId")} />
          </p>
        </div>
      </div>
      <ChannelActions
        app={app.slug}
        channel={{ channelId, watchedByMe, watchedByTeam }}
        refreshMinutes={refreshMinutes}
      />
      {introduction && <TextBlock text={introduction} className="max-w-prose text-muted" />}
      <ViewFacts channel={channel} timeZone={timeZone} readAt={readAt} />
    </header>
  );
}

type ViewFactsProps = { channel: VisibleChannel; timeZone: string; readAt: Date };

/** The present facts of a channel, with the times at which they were read. */
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
  // A refresh period means that somebody watches the channel.
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
        <ProblemCode code={channel.refreshProblem} />
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
  return (
    <span className="font-semibold text-hero tabular-nums">
      <Marked value={count}>{format.number(count)}</Marked>
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

type SampleNoteProps = {
  view: Pick<TrendView, "channel" | "others" | "sampleUntil">;
  timeZone: string;
};

/** Says which history is sample data. */
export function SampleNote({ view, timeZone }: SampleNoteProps) {
  const t = useTranslations("trend");
  const format = useFormatter();
  const { channel, others, sampleUntil } = view;
  if (sampleUntil === null) return null;
  const time = format.dateTime(sampleUntil, "exact", { timeZone });
  const sampled = [channel, ...others].filter((one) => one.sampleUntil !== null);
  const names = format.list(sampled.map((one) => namedChannel(one).name));
  return (
    <Alert tone="neutral">
      {others.length === 0 ? t("sample", { time }) : t("sampleOf", { names, time })}
    </Alert>
  );
}
