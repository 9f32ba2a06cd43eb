import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { Avatar } from "@/components/channel/avatar";
import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy";
import { namedChannel } from "@/lib/channels/known-channel";
import type { ChatAppLabel } from "@/lib/chat";
import { visibleText } from "@/lib/visible-text";
import { ChannelActions } from "../row/channel-actions";
import { ChannelFacts } from "../row/channel-facts";
import { directoryAddress } from "./params";
import type { TrendView } from "./read-trend";

type ViewHeadProps = {
  view: Pick<TrendView, "channel" | "allTags" | "readAt">;
  app: ChatAppLabel;
  timeZone: string;
  /** The default refresh period of watched channels, in minutes. */
  refreshMinutes: number;
};

/** The channel's name, ID and present facts. */
export function ViewHead({ view, app, timeZone, refreshMinutes }: ViewHeadProps) {
  const t = useTranslations("trend");
  const { channel, allTags, readAt } = view;
  const { channelId, name, avatarUrl, shown, tags, watchedByMe, watchedByTeam } = channel;
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
          <div className="[&>span]:size-12 [&>span]:text-title [&>span]:leading-12">
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
        channel={{ channelId, tags, watchedByMe, watchedByTeam }}
        tags={allTags}
        refreshMinutes={refreshMinutes}
      />
      {tags.length > 0 && <Tags tags={tags} />}
      <ChannelFacts channel={channel} timeZone={timeZone} readAt={readAt} />
    </header>
  );
}

function Tags({ tags }: { tags: readonly string[] }) {
  const t = useTranslations("channels.tags");
  return (
    <ul aria-label={t("title")} className="flex flex-wrap gap-1">
      {tags.map((tag) => (
        <li key={tag}>
          <Badge>
            <bdi>{visibleText(tag)}</bdi>
          </Badge>
        </li>
      ))}
    </ul>
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
