import { ArrowLeft } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Avatar } from "@/components/channel/avatar";
import { TextBlock } from "@/components/channel/text-block";
import { CopyButton } from "@/components/ui/copy";
import type { SeenChannel } from "@/lib/channels/seen-channel";
import type { ChatAppLabel } from "@/lib/chat";
import { visibleText } from "@/lib/visible-text";
import { directoryAddress } from "./directory-address";
import { ViewFacts } from "./view-facts";

type ViewHeadProps = {
  channel: SeenChannel;
  app: ChatAppLabel;
  timeZone: string;
  /** What is told as so long ago is so long before this. */
  readAt: Date;
};

/** Which channel it is, and what is known of it now. */
export function ViewHead({ channel, app, timeZone, readAt }: ViewHeadProps) {
  const t = useTranslations("trend");
  const { channelId, name, avatarUrl, shown, introduction } = channel;
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
      {introduction && <TextBlock text={introduction} className="max-w-prose text-muted" />}
      <ViewFacts channel={channel} timeZone={timeZone} readAt={readAt} />
    </header>
  );
}
