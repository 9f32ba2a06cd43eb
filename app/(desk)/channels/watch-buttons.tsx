"use client";

import { Eye } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { watchChannels } from "./change-actions";
import type { DirectoryRow } from "./directory-row";
import { ProblemText } from "./problem-text";
import { useChange } from "./use-change";

type WatchButtonsProps = { app: string; channel: DirectoryRow };

/** Whether this person and the team watch a channel, each to be changed. */
export function WatchButtons({ app, channel }: WatchButtonsProps) {
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
