"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Eye, RefreshCw, Tag } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { FailureAlert } from "@/components/action/failure";
import { Button } from "@/components/ui/button";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { Skeleton } from "@/components/ui/screen";
import { callAction } from "@/lib/call-action";
import { readChannel, refreshChannel } from "../actions";
import { watchChannels } from "../change-actions";
import { CHANNELS_KEY, type DirectoryRow } from "../directory";
import { ProblemText, useChange } from "../use-change";
import { TagEditor } from "./tag-editor";

const NOTHING = () => undefined;

type WatchedChannel = Pick<DirectoryRow, "channelId" | "watchedByMe" | "watchedByTeam">;

type WatchButtonsProps = {
  app: string;
  channel: WatchedChannel;
  /** Called after a change, where the page does not read it by a query. */
  onChanged?: () => void;
};

/** Buttons that watch a channel, for this person or for the team. */
export function WatchButtons({ app, channel, onChanged = NOTHING }: WatchButtonsProps) {
  const t = useTranslations("channels.watch");
  const { change, isPending, problem } = useChange(watchChannels, onChanged);
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
    <div className="flex flex-wrap gap-2">
      {button(false, watchedByMe)}
      {button(true, watchedByTeam)}
      <ProblemText problem={problem} />
    </div>
  );
}

/** Reads a known channel with its tags and its trend from the database. */
export function useKnownChannel(app: string, channelId: string, enabled = true) {
  return useQuery({
    queryKey: [...CHANNELS_KEY, "row", app, channelId],
    queryFn: () => callAction(readChannel, { app, channelId }),
    enabled,
    staleTime: 0,
    gcTime: 0,
  });
}

/** Reads the channel from the vendor, and then the page from the database. */
export function useRefresh(app: string, channelId: string, onChanged: () => void = NOTHING) {
  const queries = useQueryClient();
  const { mutate, isPending, data, error, variables } = useMutation({
    mutationFn: (id: string) => callAction(refreshChannel, { app, channelId: id }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: CHANNELS_KEY });
      onChanged();
    },
  });
  // Ignores a refresh of another row.
  const isCurrent = variables === channelId && !isPending;
  return {
    run: () => {
      if (!isPending) mutate(channelId);
    },
    isPending,
    done: isCurrent && data?.ok === true,
    /** The number of values that the last refresh could not read. */
    unreadable: isCurrent && data?.ok ? data.value.unreadable : 0,
    failed: isCurrent && (error !== null || data?.ok === false),
    failure: data?.ok === false ? data.failure : null,
  };
}

type ChannelActionsProps = {
  app: string;
  channel: WatchedChannel;
  /** The default refresh period of watched channels, in minutes. */
  refreshMinutes: number;
};

/** Watches, tags and refreshes the channel of a page that the server renders. */
export function ChannelActions({ app, channel, refreshMinutes }: ChannelActionsProps) {
  const t = useTranslations("channels");
  const router = useRouter();
  const { channelId } = channel;
  const refresh = useRefresh(app, channelId, router.refresh);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] justify-items-start gap-2">
      <div className="flex flex-wrap gap-2">
        <WatchButtons {...{ app, channel }} onChanged={router.refresh} />
        <TagsButton {...{ app, channelId, refreshMinutes }} onChanged={router.refresh} />
        <Button aria-disabled={refresh.isPending} onClick={refresh.run}>
          <RefreshCw
            aria-hidden
            className={`size-4 ${refresh.isPending ? "motion-safe:animate-spin" : ""}`}
          />
          {t("refresh")}
        </Button>
      </div>
      <p role="status" className="text-dense text-muted">
        {refresh.isPending ? t("drawer.refreshing") : refresh.done && t("drawer.refreshed")}
      </p>
      {refresh.failed && (
        <FailureAlert
          failure={refresh.failure}
          onDefaultApp={() => router.push("/channels")}
          retrying={refresh.isPending}
          onRetry={refresh.run}
        />
      )}
    </div>
  );
}

type TagsButtonProps = {
  app: string;
  channelId: string;
  refreshMinutes: number;
  onChanged: () => void;
};

/** A button with the tag editor of a channel under it. */
function TagsButton({ app, channelId, refreshMinutes, onChanged }: TagsButtonProps) {
  const t = useTranslations("channels.tags");
  const [isOpen, setOpen] = useState(false);
  const { data } = useKnownChannel(app, channelId, isOpen);
  const answer = data?.ok ? data.value : null;
  return (
    <Popover open={isOpen} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button>
          <Tag aria-hidden className="size-4" />
          {t("title")}
        </Button>
      </PopoverTrigger>
      <PopoverContent aria-label={t("title")} className="w-96 max-w-[calc(100vw-1rem)]">
        {answer?.channel ? (
          <TagEditor
            {...{ app, refreshMinutes, onChanged }}
            channel={answer.channel}
            all={answer.tags}
          />
        ) : data?.ok === false ? (
          <p role="alert" className="text-bad">
            {data.failure.happened} {data.failure.remedy}
          </p>
        ) : (
          <Skeleton className="h-20 w-full" />
        )}
      </PopoverContent>
    </Popover>
  );
}
