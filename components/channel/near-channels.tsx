"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { AskedChannel } from "@/lib/subscriptions/membership";
import type { ChannelName } from "@/lib/subscriptions/near-names";
import { visibleText } from "@/lib/visible-text";

type NearChannelsProps = {
  /** What was asked for. */
  text: string;
  unclear: Extract<AskedChannel, { kind: "unclear" }>;
  /** Whether the role sees the names of channels. */
  withNames: boolean;
  onChoose: (channelId: string) => void;
  /** What is known of a channel. */
  about?: (channelId: string) => ReactNode;
  /** Stands before the channels. */
  children?: ReactNode;
};

/** No channel has exactly this name, or several have it. Lists the channels that may be meant, each to choose. */
export function NearChannels(props: NearChannelsProps) {
  const { text, unclear, withNames, onChoose, about, children } = props;
  const t = useTranslations("membership");
  const { sameName, near } = unclear;
  const channel = visibleText(text.trim());
  return (
    <>
      <p>
        {sameName > 1
          ? t("severalNamed", { channel, count: sameName })
          : t(withNames ? "noneNamed" : "namesHidden", { channel })}
      </p>
      {children}
      {near.length > 0 && (
        <>
          <p>{t("didYouMean")}</p>
          <ul className="grid justify-items-start">
            {near.map((each) => (
              <NearChannel key={each.channelId} channel={each} onChoose={onChoose}>
                {about?.(each.channelId)}
              </NearChannel>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

type NearChannelProps = Pick<NearChannelsProps, "onChoose" | "children"> & { channel: ChannelName };

function NearChannel({ channel: { channelId, name }, onChoose, children }: NearChannelProps) {
  return (
    <li className="flex max-w-full flex-wrap items-baseline gap-x-2">
      <button
        type="button"
        className="min-w-0 break-words text-left underline"
        onClick={() => onChoose(channelId)}
      >
        <bdi>{visibleText(name || channelId)}</bdi>
      </button>
      {children && <span className="text-muted">{children}</span>}
      {name && (
        <bdi className="break-all font-mono text-dense text-muted">{visibleText(channelId)}</bdi>
      )}
    </li>
  );
}
