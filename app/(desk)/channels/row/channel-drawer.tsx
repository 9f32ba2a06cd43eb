"use client";

import { useQuery } from "@tanstack/react-query";
import { ChartLine } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { FailureAlert } from "@/components/action/failure";
import { ChannelHead } from "@/components/channel/facts";
import { Sparkline } from "@/components/channel/sparkline";
import { RowDrawer, type RowDrawerProps } from "@/components/listing/row-drawer";
import { Alert } from "@/components/ui/alert";
import { buttonClass } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/screen";
import { callAction } from "@/lib/call-action";
import { readChannel } from "../actions";
import { CHANNELS_KEY, type ChannelsContext, type DirectoryRow } from "../directory";
import { useRefresh, WatchButtons } from "./channel-actions";
import { ChannelFacts } from "./channel-facts";
import { TagEditor } from "./tag-editor";

type ChannelDrawerProps = Pick<RowDrawerProps, "app" | "channelId" | "onOpen"> & {
  context: ChannelsContext;
  /** The rows of the list, in the order of the table. */
  rows: readonly DirectoryRow[];
};

/** One known channel: its facts, watches and tags. */
export function ChannelDrawer({ context, ...props }: ChannelDrawerProps) {
  const { app, channelId, rows, onOpen } = props;
  const t = useTranslations("channels.drawer");
  const words = useTranslations("channels.watch");
  const { data, isFetching, refetch } = useQuery({
    queryKey: [...CHANNELS_KEY, "row", app, channelId],
    queryFn: () => callAction(readChannel, { app, channelId }),
    staleTime: 0,
    gcTime: 0,
  });
  const refresh = useRefresh(app, channelId);
  const answer = data?.ok ? data.value : null;
  const inList = rows.find((row) => row.channelId === channelId) ?? null;
  const channel = answer ? answer.channel : inList;
  const hasFailed = !answer && !isFetching;
  const onDefaultApp = () => onOpen(null);
  return (
    <RowDrawer
      {...props}
      title={channel?.name ?? channelId}
      reading={refresh.isPending}
      onRefresh={refresh.run}
    >
      <p role="status" className="sr-only">
        {refresh.isPending ? t("refreshing") : refresh.done && t("refreshed")}
      </p>
      {refresh.unreadable > 0 && (
        <Alert tone="warn">{t("unreadable", { values: refresh.unreadable })}</Alert>
      )}
      {refresh.failed && (
        <FailureAlert
          failure={refresh.failure}
          onDefaultApp={onDefaultApp}
          retrying={refresh.isPending}
          onRetry={refresh.run}
        />
      )}
      {hasFailed && (
        <FailureAlert
          failure={data?.ok === false ? data.failure : null}
          onDefaultApp={onDefaultApp}
          retrying={isFetching}
          onRetry={() => void refetch()}
        />
      )}
      {answer && !answer.channel && <Alert tone="warn">{t("notKnown")}</Alert>}
      <ChannelHead
        channelId={channelId}
        name={channel?.name ?? null}
        avatarUrl={channel?.avatarUrl ?? null}
      />
      {channel && (
        <>
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <Link
              prefetch={false}
              href={`/channels/view?${new URLSearchParams({ app, channel: channelId })}`}
              className={buttonClass("secondary")}
            >
              <ChartLine aria-hidden className="size-4" />
              {t("chart")}
            </Link>
            {answer?.trend && <Sparkline values={answer.trend} />}
          </div>
          <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
            <WatchButtons key={`watch ${channelId}`} {...{ app, channel }} />
            <p className="text-dense text-muted">{words("hint")}</p>
          </div>
          {answer ? (
            <TagEditor
              key={`tags ${channelId}`}
              {...{ app, channel }}
              all={answer.tags}
              refreshMinutes={context.refreshMinutes}
            />
          ) : (
            isFetching && <Skeleton className="h-8 w-full" />
          )}
          <ChannelFacts
            channel={{ ...channel, shown: context.shown }}
            readAt={answer?.readAt ?? channel.seenAt}
          />
        </>
      )}
      {!channel && isFetching && <Skeleton className="h-40 w-full" />}
    </RowDrawer>
  );
}
