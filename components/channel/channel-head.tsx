"use client";

import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/ui/copy";
import { Avatar } from "./avatar";
import { TextBlock } from "./text";

type ChannelHeadProps = { channelId: string; name: string | null; avatarUrl: string | null };

/** A channel's picture and its full ID. */
export function ChannelHead({ channelId, name, avatarUrl }: ChannelHeadProps) {
  const label = useTranslations("fields")("channelId");
  const t = useTranslations("drawer");
  return (
    <div className="flex flex-wrap items-center gap-3">
      <div className="[&>span]:size-20 [&>span]:text-title">
        <Avatar url={avatarUrl} name={name ?? channelId} />
      </div>
      <dl className="min-w-0 flex-1 basis-48">
        <dt className="text-dense text-muted">{label}</dt>
        <dd className="flex items-start gap-1">
          <TextBlock text={channelId} className="min-w-0 break-all font-mono" />
          <CopyButton value={channelId} label={t("copyChannelId")} />
        </dd>
      </dl>
    </div>
  );
}
