"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ChartLine, Eye } from "lucide-react";
import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { FailureAlert } from "@/components/action/failure";
import { ChannelHead } from "@/components/channel/channel-head";
import { DrawerActions } from "@/components/channel/drawer-actions";
import { Sparkline } from "@/components/channel/sparkline";
import { Alert } from "@/components/ui/alert";
import { Button, buttonClass } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { callAction } from "@/lib/call-action";
import { visibleText } from "@/lib/visible-text";
import { type ChannelResult, readChannel, refreshChannel } from "../actions";
import { watchChannels } from "../change-actions";
import { CHANNELS_KEY, type DirectoryRow, type RoomFacts } from "../directory";
import { ProblemText, useChange } from "../use-change";
import { ChannelFacts } from "./channel-facts";
import { TagEditor } from "./tag-editor";

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

type WatchButtonsProps = { app: string; channel: DirectoryRow };

/** Whether this person and the team watch a channel, each to be changed. */
function WatchButtons({ app, channel }: WatchButtonsProps) {
  const t = useTranslations("channels.watch");
  const { change, isPending, problem } = useChange(watchChannels, () => undefined);
  const { channelId, watchedByMe, watchedByTeam } = channel;
  const button = (isTeam: boolean, watched: boolean) => (
    <Button
      aria-pressed={watched}
      aria-disabled={isPending}
      className={watched ? "!border-accent !bg-accent-soft" : ""}
      onClick={() => change({ app, channelIds: [channelId], isTeam, watched: !watched })}
    >
      <Eye aria-hidden className="size-4" />
      {t(isTeam ? "byTeam" : "byMe")}
    </Button>
  );
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <div className="flex flex-wrap gap-2">
        {button(false, watchedByMe)}
        {button(true, watchedByTeam)}
      </div>
      <p className="text-dense text-muted">{t("hint")}</p>
      <ProblemText problem={problem} />
    </div>
  );
}

/** Reads the channel from the vendor, and then all that is on the screen from the desk's store. */
function useRefresh(app: string, channelId: string) {
  const queries = useQueryClient();
  const { mutate, isPending, data, error, variables } = useMutation({
    mutationFn: (of: string) => callAction(refreshChannel, { app, channelId: of }),
    onSuccess: () => queries.invalidateQueries({ queryKey: CHANNELS_KEY }),
    networkMode: "always",
  });
  // Of a row that was left nothing is said at another one.
  const isOfThis = variables === channelId && !isPending;
  return {
    run: () => {
      if (!isPending) mutate(channelId);
    },
    isPending,
    done: isOfThis && data?.ok === true,
    /** Values that the last refresh could not read. */
    unreadable: isOfThis && data?.ok ? data.value.unreadable : 0,
    failed: isOfThis && (error !== null || data?.ok === false),
    failure: data?.ok === false ? data.failure : null,
  };
}
