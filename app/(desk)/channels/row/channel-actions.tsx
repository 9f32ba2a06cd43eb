"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Eye, RefreshCw, Tag } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { FailureAlert } from "@/components/action/failure";
import { Button } from "@/components/ui/button";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { callAction } from "@/lib/call-action";
import type { VisibleChannel } from "@/lib/channels/known-channel";
import type { Tag as TeamTag } from "@/lib/channels/tags";
import { refreshChannel } from "../actions";
import { watchChannels } from "../change-actions";
import { CHANNELS_KEY } from "../directory";
import { ProblemText, useChange } from "../use-change";
import { TagEditor } from "./tag-editor";

type WatchedChannel = Pick<VisibleChannel, "channelId" | "watchedByMe" | "watchedByTeam">;

type WatchButtonsProps = {
  app: string;
  channel: WatchedChannel;
  /** Called after a change, where the page does not read it by a query. */
  onChanged?: () => void;
};

/** Buttons that watch a channel, for this person or for the team. */
export function WatchButtons({ app, channel, onChanged }: WatchButtonsProps) {
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

/** Reads the channel from the vendor, and then the page from the database. */
export function useRefresh(app: string, channelId: string, onChanged?: () => void) {
  const queries = useQueryClient();
  const { mutate, isPending, data, error, variables } = useMutation({
    mutationFn: (id: string) => callAction(refreshChannel, { app, channelId: id }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: CHANNELS_KEY });
      onChanged?.();
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
  channel: WatchedChannel & Pick<VisibleChannel, "tags">;
  /** All tags of the team. */
  tags: readonly TeamTag[];
  /** The default refresh period of watched channels, in minutes. */
  refreshMinutes: number;
};

/** Watches, tags and refreshes the channel of a page that the server renders. */
export function ChannelActions({ app, channel, tags, refreshMinutes }: ChannelActionsProps) {
  const t = useTranslations("channels");
  const router = useRouter();
  const refresh = useRefresh(app, channel.channelId, router.refresh);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] justify-items-start gap-2">
      <div className="flex flex-wrap gap-2">
        <WatchButtons {...{ app, channel }} onChanged={router.refresh} />
        <TagsButton {...{ app, channel, refreshMinutes }} all={tags} onChanged={router.refresh} />
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

/** A button with the tag editor of a channel under it. */
function TagsButton(props: ComponentProps<typeof TagEditor>) {
  const t = useTranslations("channels.tags");
  return (
    <Popover>
      <PopoverTrigger asChild>
        <Button>
          <Tag aria-hidden className="size-4" />
          {t("title")}
        </Button>
      </PopoverTrigger>
      <PopoverContent aria-label={t("title")} className="w-96 max-w-[calc(100vw-1rem)]">
        <TagEditor {...props} />
      </PopoverContent>
    </Popover>
  );
}
