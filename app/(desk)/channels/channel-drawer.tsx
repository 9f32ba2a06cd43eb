"use client";

import { useQuery } from "@tanstack/react-query";
import { ChartLine } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { FailureAlert } from "@/components/action/failure";
import { ChannelHead } from "@/components/channel/channel-head";
import { DrawerActions } from "@/components/channel/drawer-actions";
import { Sparkline } from "@/components/channel/sparkline";
import { Alert } from "@/components/ui/alert";
import { buttonClass } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { callAction } from "@/lib/call-action";
import { visibleText } from "@/lib/visible-text";
import { type ChannelResult, readChannel } from "./actions";
import { CHANNELS_KEY } from "./asked";
import { ChannelFacts } from "./channel-facts";
import type { DirectoryRow } from "./directory-row";
import type { RoomFacts } from "./room-facts";
import { TagEditor } from "./tag-editor";
import { useRefresh } from "./use-refresh";
import { WatchButtons } from "./watch-buttons";

type ChannelDrawerProps = {
  app: string;
  channelId: string;
  facts: RoomFacts;
  /** The channel as the list has it, when it has it. */
  inHand: DirectoryRow | null;
  onClose: () => void;
  /** Null where there is no such row. */
  onPrevious: (() => void) | null;
  onNext: (() => void) | null;
};

/** One channel with all that the desk knows of it, and what the team has made of it. */
export function ChannelDrawer(props: ChannelDrawerProps) {
  const { app, channelId, facts, inHand, onClose, onPrevious, onNext } = props;
  const t = useTranslations("channels.drawer");
  const { data, isFetching, refetch } = useQuery<ChannelResult>({
    queryKey: [...CHANNELS_KEY, "row", app, channelId],
    queryFn: () => callAction(readChannel, { app, channelId }),
    staleTime: 0,
    gcTime: 0,
    networkMode: "always",
  });
  const refresh = useRefresh(app, channelId);
  const top = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another row begins at its top
  useEffect(() => {
    top.current?.parentElement?.scrollTo(0, 0);
  }, [channelId]);

  const answer = data?.ok ? data.value : null;
  const channel = answer ? answer.channel : inHand;
  const hasFailed = !answer && !isFetching;
  return (
    <Dialog
      title={visibleText(channel?.name ?? channelId)}
      shape="side"
      onClose={onClose}
      actions={
        <DrawerActions
          {...{ app, channelId, onPrevious, onNext }}
          reading={refresh.isPending}
          onRefresh={refresh.run}
        />
      }
    >
      <div ref={top} className="grid grid-cols-[minmax(0,1fr)] gap-5">
        <p role="status" className="sr-only">
          {refresh.isPending ? t("refreshing") : refresh.done && t("refreshed")}
        </p>
        {refresh.unreadable > 0 && (
          <Alert tone="warn">{t("unreadable", { values: refresh.unreadable })}</Alert>
        )}
        {refresh.failed && (
          <FailureAlert
            failure={refresh.failure}
            onDefaultApp={onClose}
            retrying={refresh.isPending}
            onRetry={refresh.run}
          />
        )}
        {hasFailed && (
          <FailureAlert
            failure={data?.ok === false ? data.failure : null}
            onDefaultApp={onClose}
            retrying={isFetching}
            onRetry={() => void refetch()}
          />
        )}
        {answer && !answer.channel && <Alert tone="warn">{t("notKnown")}</Alert>}
        {channel?.goneAt && <Gone at={channel.goneAt} />}
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
            <WatchButtons key={`watch ${channelId}`} {...{ app, channel }} />
            {answer ? (
              <TagEditor
                key={`tags ${channelId}`}
                {...{ app, channel }}
                all={answer.tags}
                refreshMinutes={facts.refreshMinutes}
              />
            ) : (
              isFetching && <Skeleton className="h-8 w-full" />
            )}
            <ChannelFacts channel={channel} shown={facts.shown} />
          </>
        )}
        {!channel && isFetching && <Skeleton className="h-40 w-full" />}
      </div>
    </Dialog>
  );
}

/** The vendor said that there is no such channel any more. */
function Gone({ at }: { at: Date }) {
  const t = useTranslations("channels.drawer");
  return (
    <Alert tone="warn">{t("goneSince", { time: useFormatter().dateTime(at, "exact") })}</Alert>
  );
}
